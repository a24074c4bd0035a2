import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, type WorkspacePackage } from '@wit-ts/dev-support/workspace';
import type { Compiler } from './managers.ts';

/** How TypeScript finds modules. */
export const RESOLUTIONS = ['nodenext', 'bundler'] as const;
type ModuleResolution = (typeof RESOLUTIONS)[number];

/** What the README's example prints. */
export const ANSWER = 'ok: Processing ID 5: HELLO';

/** The versions that a project takes from the registry, besides the packages of this checkout. */
export interface Versions {
  readonly '@types/node': string;
  readonly typescript: string;
  readonly 'typescript-5.9': string;
}

/**
 * Writes a project that a reader of the README has after following it: the world, a component, a host, and a
 * dependency on the command and on the runtime. A second program mentions the declarations of all public packages.
 */
export async function writeExample(
  directory: string,
  packages: readonly WorkspacePackage[],
  compilers: readonly Compiler[],
  versions: Versions,
): Promise<void> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const host = markdownBlock(readme, 'ts', './generated/edge-handler');
  await mkdir(directory, { recursive: true });
  const files: Record<string, string> = {
    'package.json': json(projectManifest(packages, compilers, versions)),
    'world.wit': markdownBlock(readme, 'wit', 'world edge-handler'),
    'host.ts': host,
    'declarations.ts': declarations(packages),
    'signal.ts': SIGNAL,
  };
  for (const resolution of RESOLUTIONS) {
    files[`tsconfig.${resolution}.json`] = json(hostOptions(resolution));
    files[`tsconfig.declarations.${resolution}.json`] = json(declarationOptions(resolution));
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  await copyFile(join(root, 'test-components/edge-handler/built/wat.wasm'), join(directory, 'app.wasm'));
}

/** A program with Node's types, whose own type of signals a signal of the runtime must have. */
const SIGNAL = [
  "import { callSignal } from '@wit-ts/runtime';",
  'export const sleep = (): void => callSignal().throwIfAborted();',
  '',
].join('\n');

function projectManifest(
  packages: readonly WorkspacePackage[],
  compilers: readonly Compiler[],
  versions: Versions,
): object {
  const own = packages.map(({ manifest: { name, version } }) => [name, version] as const);
  // Under Plug'n'Play, there is one TypeScript, so that its command is the older one's.
  const typescript =
    compilers.length === 1 && compilers[0] === 'typescript-5.9'
      ? [['typescript', versions['typescript-5.9'].replace('npm:typescript@', '')] as const]
      : compilers.map((compiler) => [compiler, versions[compiler]] as const);
  return {
    name: 'edge-handler-host',
    version: '0.0.0',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(own.filter(([name]) => name === '@wit-ts/runtime')),
    devDependencies: Object.fromEntries([
      ...own.filter(([name]) => name !== '@wit-ts/runtime'),
      ['prettier', '3'],
      ['@types/node', versions['@types/node']],
      ...typescript,
    ]),
  };
}

const STRICT = {
  target: 'es2023',
  lib: ['es2023'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
};

function hostOptions(resolution: ModuleResolution): object {
  return {
    compilerOptions: {
      ...STRICT,
      ...moduleOptions(resolution),
      types: ['node'],
      rewriteRelativeImportExtensions: true,
      rootDir: '.',
      outDir: `built/${resolution}`,
    },
    files: ['host.ts', 'signal.ts'],
  };
}

function declarationOptions(resolution: ModuleResolution): object {
  return {
    compilerOptions: { ...STRICT, ...moduleOptions(resolution), types: [], noEmit: true },
    files: ['declarations.ts'],
  };
}

function moduleOptions(resolution: ModuleResolution): object {
  return { module: resolution === 'nodenext' ? 'nodenext' : 'esnext', moduleResolution: resolution };
}

/** Packages whose declarations mention those of prettier or of bundlers, which need the DOM library or Node's types. */
const NEED_PLATFORM = new Set(['prettier-plugin-wit', 'unplugin-wit']);

function declarations(packages: readonly WorkspacePackage[]): string {
  const specifiers = packages
    .filter(({ manifest: { name } }) => !NEED_PLATFORM.has(name))
    .flatMap(({ manifest }) =>
      Object.keys(manifest.exports ?? {})
        .filter((path) => path !== './package.json')
        .map((path) => manifest.name + path.slice(1)),
    );
  return [...specifiers, './generated/edge-handler.js']
    .map((specifier, index) => `export type * as module${index} from '${specifier}';\n`)
    .join('');
}

/** Returns the first code block of a language in a page that contains a text. */
function markdownBlock(page: string, language: string, containing: string): string {
  for (const [, info, code = ''] of page.matchAll(/^```(\w+)[^\n]*\n(.*?)^```$/gmsu)) {
    if (info === language && code.includes(containing)) return code;
  }
  throw new Error(`README.md has no \`${language}\` block that contains \`${containing}\``);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
