import { join } from 'node:path';

/** A package manager, and how a project that it installed is used. */
export interface Manager {
  readonly name: string;
  /** Its settings in a project, by the name of the file. */
  settings(registry: string): Readonly<Record<string, string>>;
  /** The command that installs. `tools` is the folder that `TOOLS` are installed in. */
  install(tools: string): Command;
  /** The command that runs a command of an installed package, on the Node that comes first on the path. */
  exec(tools: string, command: string, args: readonly string[]): Command;
  /** The variables with which Node runs a file of the project. */
  readonly env: Readonly<Record<string, string>>;
  /** The TypeScript versions that it installs, by the name under which the project depends on each. */
  readonly compilers: readonly Compiler[];
}

export type Command = readonly [program: string, args: readonly string[]];

/** `typescript` is the newest TypeScript, `typescript-5.9` the oldest one that is supported. */
export type Compiler = 'typescript' | 'typescript-5.9';

/** The package managers that the registry has; npm comes with the machine's Node, and pnpm with the checkout. */
export const TOOLS: Readonly<Record<string, string>> = {
  'yarn-1': 'npm:yarn@1.22.22',
  'yarn-4': 'npm:@yarnpkg/cli-dist@4.18.1',
};

const linked = (_tools: string, command: string, args: readonly string[]): Command => [
  `./node_modules/.bin/${command}`,
  args,
];

const yarn1 = (tools: string): string => join(tools, 'node_modules/yarn-1/bin/yarn.js');
const yarn4 = (tools: string): string => join(tools, 'node_modules/yarn-4/bin/yarn.js');

const yarnSettings = (linker: string) => (registry: string) => ({
  // Yarn takes a version that it has seen before from its caches, even when another registry of this host had it.
  '.yarnrc.yml': `nodeLinker: ${linker}
npmRegistryServer: ${JSON.stringify(registry)}
unsafeHttpWhitelist: ["127.0.0.1"]
globalFolder: ./.yarn/global
enableGlobalCache: false
enableMirror: false
enableTelemetry: false
enableImmutableInstalls: false
httpRetry: 5
`,
});

export const managers: readonly Manager[] = [
  {
    name: 'npm',
    settings: (registry) => ({ '.npmrc': `registry=${registry}\nengine-strict=true\n` }),
    install: () => ['npm', ['install', '--no-audit', '--no-fund']],
    exec: linked,
    env: {},
    compilers: ['typescript', 'typescript-5.9'],
  },
  {
    // Isolated, as by default, and without its fallback for packages that import what they do not declare.
    name: 'pnpm',
    settings: (registry) => ({
      '.npmrc': `registry=${registry}\n`,
      'pnpm-workspace.yaml': 'nodeLinker: isolated\nhoist: false\nengineStrict: true\n',
    }),
    install: () => ['npx', ['-y', 'pnpm@12', 'install', '--no-frozen-lockfile']],
    exec: linked,
    env: {},
    compilers: ['typescript', 'typescript-5.9'],
  },
  {
    name: 'yarn 1',
    settings: (registry) => ({ '.npmrc': `registry=${registry}\n`, '.yarnrc': `registry "${registry}"\n` }),
    install: (tools) => ['node', [yarn1(tools), 'install', '--non-interactive']],
    exec: linked,
    env: {},
    compilers: ['typescript'],
  },
  {
    name: 'yarn 4',
    settings: yarnSettings('node-modules'),
    install: (tools) => ['node', [yarn4(tools), 'install']],
    exec: linked,
    env: {},
    compilers: ['typescript'],
  },
  {
    name: "yarn 4 Plug'n'Play",
    settings: yarnSettings('pnp'),
    install: (tools) => ['node', [yarn4(tools), 'install']],
    exec: (tools, command, args) => ['node', [yarn4(tools), 'run', command, ...args]],
    env: { NODE_OPTIONS: '--require ./.pnp.cjs --experimental-loader ./.pnp.loader.mjs' },
    // Yarn teaches TypeScript to find packages in its archives; it cannot do so for the native compiler.
    compilers: ['typescript-5.9'],
  },
];
