import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CommandResult, runCommand, runPnpm } from '../run-command.ts';
import { single, type Step, type StepResult } from '../step.ts';
import { publishedPackages, root, type WorkspacePackage } from '../workspace.ts';
import { outcome } from './commands.ts';

/** What would be published is built by its own scripts. */
export const build: Step = { name: 'build', run: async () => outcome(await runPnpm(['run', 'build'])) };

/**
 * Each package as the registry would get it: looked at by `publint` and `attw`, unpacked outside the checkout beside the
 * others, and loaded by Node without the checkout's conditions. Needs `build`.
 */
export const packed: Step = { name: 'packages', run };

const TOOLS = join(root, 'packages/dev-ci/node_modules/.bin');

async function run(): Promise<StepResult> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'wit-ts-packed-')));
  const packages = publishedPackages();
  const problems: string[] = [];
  const report = (what: string, { code, output }: CommandResult): void => {
    if (code !== 0) problems.push(`${what}: ${output.trim()}`);
  };
  try {
    for (const each of packages) {
      const { name } = each.manifest;
      if (!existsSync(join(each.directory, 'dist'))) {
        problems.push(`${name} is not built.`);
        continue;
      }
      const tarball = join(directory, `${name.replaceAll('/', '-')}.tgz`);
      report(`${name} cannot be packed`, await runPnpm(['pack', '--out', tarball], { cwd: each.directory }));
      report(`${name}, publint`, await runCommand(join(TOOLS, 'publint'), ['run', tarball, '--strict']));
      const quiet = ['--profile', 'esm-only', '--no-color', '--no-emoji'];
      report(`${name}, attw`, await runCommand(join(TOOLS, 'attw'), [tarball, ...quiet]));
      await unpack(each, tarball, join(directory, 'node_modules'));
    }
    const loader = join(directory, 'load.mjs');
    await writeFile(loader, loadAll(packages));
    report('The packages cannot be loaded', await runCommand(process.execPath, [loader], { cwd: directory }));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return single(problems, `${packages.length} packages`);
}

/** Into `node_modules` as an installer would; dependencies from outside are taken from the checkout. */
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

/** A program that loads every module and every command of the packages. */
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
    `import { execFileSync } from 'node:child_process';`,
    ...specifiers.map((specifier) => `await import(${JSON.stringify(specifier)});`),
    ...commands.map(
      (file) => `execFileSync(process.execPath, [${JSON.stringify(file)}, '--version'], { stdio: 'pipe' });`,
    ),
  ].join('\n');
}
