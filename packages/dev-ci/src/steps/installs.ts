import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { runtimeFolder } from '@wit-ts/dev-platforms/install-runtime';
import { type CommandOptions, type CommandResult, runCommand } from '@wit-ts/dev-support/run-command';
import { rootManifest, workspacePackages } from '@wit-ts/dev-support/workspace';
import { ANSWER, RESOLUTIONS, type Versions, writeExample } from '../installs/example.ts';
import { type Command, type Compiler, type Manager, managers, TOOLS } from '../installs/managers.ts';
import { startRegistry } from '../installs/registry.ts';
import { skipped, type CheckStep, type StepResult } from '../step.ts';
import { packOnce } from '../tarballs.ts';

/**
 * Package managers install the packages into an empty project, as from the registry. There, each supported Node
 * generates the bindings of the README's example, TypeScript compiles it under each module resolution, and each Node
 * runs it. A check is one package manager, module resolution and Node. One more check is a project that `wit-ts init`
 * starts, which npm installs, and which builds and runs its own component.
 */
export const installs: CheckStep = { name: 'installs', run };

interface Node {
  readonly version: string;
  /** The folder of the program `node`. */
  readonly folder: string;
}

async function run(): Promise<StepResult> {
  const upstream = (
    await runCommand('npm', ['config', 'get', 'registry'], { outputOnly: true })
  ).output.trim();
  if (!(await answers(upstream))) return skipped(`${upstream} cannot be reached`);
  const tarballs = await packOnce();
  const packages = tarballs.map((tarball) => tarball.package);
  const nodes = await supportedNodes();
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'wit-ts-installs-')));
  const registry = await startRegistry(tarballs, upstream);
  const problems: string[] = [];
  let passed = 0;
  try {
    const tools = join(directory, 'tools');
    await installTools(tools);
    for (const manager of managers) {
      const project = join(directory, manager.name.replaceAll(/\W+/gu, '-'));
      await writeExample(project, packages, manager.compilers, versions());
      for (const [name, content] of Object.entries(manager.settings(registry.url))) {
        await writeFile(join(project, name), content);
      }
      const found = await checkProject(new Project(manager, project, tools), nodes);
      passed += nodes.length * RESOLUTIONS.length - found.failed;
      problems.push(...found.problems.map((problem) => `${manager.name}, ${problem}`));
    }
    const started = await checkNewProject(directory, tools, nodes.at(-1)!, registry.url);
    passed += started.length === 0 ? 1 : 0;
    problems.push(...started.map((problem) => `wit-ts init: ${problem}`));
  } finally {
    await registry.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
  const inManagers = managers.length * nodes.length * RESOLUTIONS.length;
  const all = inManagers + 1;
  const note =
    `${managers.map(({ name }) => name).join(', ')} × Node ${nodes.map(({ version }) => version).join(', ')} × ` +
    `${RESOLUTIONS.join(', ')}, and a new project: ${passed} of ${all}`;
  return { passed, failed: all - passed, skipped: 0, problems, note };
}

/** A project and the package manager that installs it. */
class Project {
  readonly manager: Manager;
  readonly directory: string;
  readonly tools: string;

  constructor(manager: Manager, directory: string, tools: string) {
    this.manager = manager;
    this.directory = directory;
    this.tools = tools;
  }

  install(node: Node): Promise<CommandResult> {
    return this.#run(this.manager.install(this.tools), node);
  }

  /** Runs a command of an installed package. */
  exec(node: Node, command: string, args: readonly string[]): Promise<CommandResult> {
    return this.#run(this.manager.exec(this.tools, command, args), node);
  }

  compile(node: Node, compiler: Compiler, config: string): Promise<CommandResult> {
    const args = ['-p', config, '--pretty', 'false'];
    if (this.manager.compilers.length === 1) return this.exec(node, 'tsc', args);
    return this.#run(['node', [`node_modules/${compiler}/bin/tsc`, ...args]], node);
  }

  runFile(node: Node, file: string): Promise<CommandResult> {
    return this.#run(['node', ['--no-warnings', file]], node, this.manager.env);
  }

  /** Runs a script of the project. */
  runScript(node: Node, script: string): Promise<CommandResult> {
    return this.#run(['npm', ['run', '--silent', script]], node);
  }

  #run(
    [program, args]: Command,
    node: Node,
    env: NonNullable<CommandOptions['env']> = {},
  ): Promise<CommandResult> {
    const path = [node.folder, process.env['PATH'] ?? ''].join(delimiter);
    return runCommand(program, args, { cwd: this.directory, env: { ...env, PATH: path } });
  }
}

/** Checks a project. What fails for all Nodes fails every check of it. */
async function checkProject(
  project: Project,
  nodes: readonly Node[],
): Promise<{ readonly failed: number; readonly problems: readonly string[] }> {
  const all = nodes.length * RESOLUTIONS.length;
  const newest = nodes.at(-1)!;
  const problems: string[] = [];
  const succeeds = (what: string, { code, output }: CommandResult): boolean => {
    if (code !== 0) problems.push(`${what}: ${output.trim()}`);
    return code === 0;
  };
  if (!succeeds('install', await project.install(newest))) return { failed: all, problems };
  // The newest Node writes the bindings; the others find that they would write the same.
  if (!succeeds('wit-ts gen', await project.exec(newest, 'wit-ts', ['gen', 'world.wit'])))
    return { failed: all, problems };
  const failed = new Set<string>();
  for (const node of nodes) {
    const generated = await project.exec(node, 'wit-ts', ['gen', 'world.wit', '--check']);
    if (succeeds(`Node ${node.version}, wit-ts gen --check`, generated)) continue;
    for (const resolution of RESOLUTIONS) failed.add(`${node.version} ${resolution}`);
  }
  for (const resolution of RESOLUTIONS) {
    let compiled = true;
    for (const compiler of project.manager.compilers) {
      for (const config of [`tsconfig.${resolution}.json`, `tsconfig.declarations.${resolution}.json`]) {
        const result = await project.compile(newest, compiler, config);
        compiled = succeeds(`${compiler}, ${config}`, result) && compiled;
      }
    }
    for (const node of nodes) {
      if (compiled && (await prints(project, node, `built/${resolution}/host.js`, problems))) continue;
      failed.add(`${node.version} ${resolution}`);
    }
  }
  return { failed: failed.size, problems };
}

/** What the host of a new project prints. */
const GREETINGS = 'log: greeting Ada\nHello, Ada!\nrefused: no name';

/**
 * Starts a project with the command that npm has installed in another one, and does what its README says. Returns what
 * failed.
 */
async function checkNewProject(
  directory: string,
  tools: string,
  node: Node,
  registry: string,
): Promise<readonly string[]> {
  const npm = managers.find(({ name }) => name === 'npm')!;
  const other = new Project(npm, join(directory, 'npm'), tools);
  const init = await other.exec(node, 'wit-ts', ['init', '../greeter']);
  if (init.code !== 0) return [init.output.trim()];
  const project = new Project(npm, join(directory, 'greeter'), tools);
  for (const [name, content] of Object.entries(npm.settings(registry)))
    await writeFile(join(project.directory, name), content);
  const installed = await project.install(node);
  if (installed.code !== 0) return [`install: ${installed.output.trim()}`];
  for (const script of ['build', 'check']) {
    const { code, output } = await project.runScript(node, script);
    if (code !== 0) return [`npm run ${script}: ${output.trim()}`];
  }
  const { code, output } = await project.runScript(node, 'start');
  return code === 0 && output.trim() === GREETINGS ? [] : [`npm start: ${output.trim()}`];
}

/** Runs the host, which prints the component's answer. */
async function prints(project: Project, node: Node, file: string, problems: string[]): Promise<boolean> {
  const { code, output } = await project.runFile(node, file);
  const right = code === 0 && output.trim() === ANSWER;
  if (!right) problems.push(`Node ${node.version}, ${file} prints \`${output.trim()}\`, not \`${ANSWER}\``);
  return right;
}

/** The oldest supported Node, and the newest of each supported major version. */
async function supportedNodes(): Promise<readonly Node[]> {
  const folders: string[] = [];
  for (const name of ['node-22-0', 'node-22', 'node-24'] as const) {
    folders.push(join(await runtimeFolder(name), 'bin'));
  }
  folders.push(dirname(process.execPath));
  return Promise.all(
    folders.map(async (folder) => {
      const { code, output } = await runCommand(join(folder, 'node'), ['--version']);
      // Without its program, every check would run the next Node on the path.
      if (code !== 0) throw new Error(`${folder} has no Node that runs: ${output.trim()}`);
      return { version: output.trim().replace('v', ''), folder };
    }),
  );
}

async function installTools(directory: string): Promise<void> {
  await mkdir(directory);
  await writeFile(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies: TOOLS }));
  const { code, output } = await runCommand('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: directory,
  });
  if (code !== 0) throw new Error(`the package managers cannot be installed: ${output.trim()}`);
}

async function answers(registry: string): Promise<boolean> {
  return fetch(new URL('-/ping', registry)).then(
    (response) => response.ok,
    () => false,
  );
}

/** The versions that the checkout uses. */
function versions(): Versions {
  const bindgen = workspacePackages().find(({ manifest }) => manifest.name === '@wit-ts/bindgen');
  const find = (name: string): string => {
    const version = rootManifest.devDependencies?.[name] ?? bindgen?.manifest.devDependencies?.[name];
    if (version === undefined) throw new Error(`no package of the checkout depends on \`${name}\``);
    return version;
  };
  return {
    '@types/node': find('@types/node'),
    typescript: find('typescript'),
    'typescript-5.9': find('typescript-5.9'),
  };
}
