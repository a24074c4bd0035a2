import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CommandResult, runCommand } from '@wit-ts/dev-support/run-command';
import { root, type WorkspacePackage } from '@wit-ts/dev-support/workspace';
import { single, type CheckStep, type StepResult } from '../step.ts';
import { buildOnce, packOnce } from '../tarballs.ts';

/** Every public package is built by its own script. */
export const build: CheckStep = {
  name: 'build',
  run: async () => {
    await buildOnce();
    return single([]);
  },
};

/**
 * `publint` and `attw` accept each package as the registry would receive it, and Node loads every module and command of
 * the packages outside of the checkout, without the checkout's conditions.
 */
export const packed: CheckStep = { name: 'packages', run };

/** What the command runs, with a program in a thread, whose module it must find. */
const COMMAND_LINES: readonly (readonly string[])[] = [
  ['--version'],
  ['--help'],
  ['run', join(root, 'test-components/hello-env/built/rust.wasm'), '--timeout', '60'],
];

const TOOLS = join(root, 'packages/dev-ci/node_modules/.bin');

async function run(): Promise<StepResult> {
  const tarballs = await packOnce();
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'wit-ts-packed-')));
  const problems: string[] = [];
  const report = (what: string, { code, output }: CommandResult): void => {
    if (code !== 0) problems.push(`${what}: ${output.trim()}`);
  };
  try {
    for (const { package: each, file } of tarballs) {
      const { name } = each.manifest;
      report(`${name}, publint`, await runCommand(join(TOOLS, 'publint'), ['run', file, '--strict']));
      const quiet = ['--profile', 'esm-only', '--no-color', '--no-emoji'];
      report(`${name}, attw`, await runCommand(join(TOOLS, 'attw'), [file, ...quiet]));
      await unpack(each, file, join(directory, 'node_modules'));
    }
    const loader = join(directory, 'load.mjs');
    await writeFile(loader, loadAll(tarballs.map((tarball) => tarball.package)));
    const loaded = await runCommand(process.execPath, [loader], { cwd: directory });
    report('the packages cannot be loaded', loaded);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return single(problems, `${tarballs.length} packages`);
}

/** Unpacks a tarball into `node_modules` as an installer would; dependencies from elsewhere come from the checkout. */
async function unpack(
  { directory, manifest }: WorkspacePackage,
  tarball: string,
  modules: string,
): Promise<void> {
  const target = join(modules, manifest.name);
  await mkdir(target, { recursive: true });
  await runCommand('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    if (range.startsWith('workspace:')) continue;
    const own = join(target, 'node_modules', name);
    await mkdir(dirname(own), { recursive: true });
    await symlink(join(directory, 'node_modules', name), own, 'dir');
  }
}

/** Writes the code that loads the module of a worker, which does not load anywhere else. */
function loadInWorker(specifier: string): string {
  return `await new Promise((resolve, reject) => {
    const url = JSON.stringify(import.meta.resolve(${JSON.stringify(specifier)}));
    const loading = \`import(\${url}).then(() => require('node:worker_threads').parentPort.postMessage('loaded'))\`;
    const worker = new Worker(loading, { eval: true });
    worker.on('error', reject);
    worker.on('message', (message) => message === 'loaded' && worker.terminate().then(resolve));
  });`;
}

/** Writes the code that asks the server of a command for a page. It runs in threads, whose module it must find. */
function askServer(file: string): string {
  const args = [
    file,
    'serve',
    join(root, 'test-components/http-guest/built/c.wasm'),
    '--addr',
    '127.0.0.1:0',
  ];
  return `await new Promise((resolve, reject) => {
    const server = spawn(process.execPath, ${JSON.stringify(args)}, { stdio: ['ignore', 'ignore', 'pipe'] });
    const end = setTimeout(() => server.kill('SIGKILL'), 60_000);
    let text = '';
    server.on('close', () => reject(new Error('serve: ' + text)));
    server.stderr.on('data', (chunk) => {
      text += chunk;
      const [, address] = /^(http:.*)\\n/u.exec(text) ?? [];
      if (address === undefined) return;
      server.stderr.removeAllListeners('data');
      fetch(address + '/hello').then((response) => response.text()).then((body) => {
        server.removeAllListeners('close');
        server.kill('SIGKILL');
        clearTimeout(end);
        if (body === 'hello\\n') resolve();
        else reject(new Error('serve: ' + body));
      }, reject);
    });
  });`;
}

/** Writes a program that loads every module and runs every command of the packages. */
function loadAll(packages: readonly WorkspacePackage[]): string {
  const specifiers = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.exports ?? {})
      .filter((path) => path !== './package.json' && !path.includes('*'))
      .map((path) => manifest.name + path.slice(1)),
  );
  const commands = packages.flatMap(({ manifest }) =>
    Object.values(manifest.bin ?? {}).map((file) => join('node_modules', manifest.name, file)),
  );
  return [
    `import { execFileSync, spawn } from 'node:child_process';`,
    `import { Worker } from 'node:worker_threads';`,
    ...specifiers.map((specifier) =>
      specifier.endsWith('-worker') ? loadInWorker(specifier) : `await import(${JSON.stringify(specifier)});`,
    ),
    ...commands.flatMap((file) =>
      COMMAND_LINES.map(
        (args) => `execFileSync(process.execPath, ${JSON.stringify([file, ...args])}, { stdio: 'pipe' });`,
      ),
    ),
    ...commands.map(askServer),
    ...commands.filter((file) => file.endsWith('wit-ts/dist/bin.js')).map(runStaticModule),
  ].join('\n');
}

/** Writes code that writes a component as a static module, and runs it. */
function runStaticModule(command: string): string {
  const component = join(root, 'test-components/edge-handler/built/rust.wasm');
  return `execFileSync(process.execPath, ${JSON.stringify([command, 'transpile', component, '-o', 'static'])}, { stdio: 'pipe' });
  const { instantiate } = await import(new URL('static/rust.js', import.meta.url));
  const { handleRequest } = await instantiate({ 'example:service/processor': { processData: (text) => text } });
  if (handleRequest('hi') !== 'ok: hi') throw new Error('the static module answers ' + handleRequest('hi'));`;
}
