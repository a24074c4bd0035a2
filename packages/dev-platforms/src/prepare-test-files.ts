import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '@wit-ts/dev-build';
import { peersInstalled } from '@wit-ts/dev-peers';
import { root, workspacePackages } from '@wit-ts/dev-support/workspace';
import { buildJavaScriptGuest } from '@wit-ts/test-components/edge-handler/guest-js';
import { type StaticFile, type Target, TARGETS, transpile } from '@wit-ts/transpile';
import { type OutputOptions, rolldown } from 'rolldown';
import { linkedName } from './suite/static-context.ts';

const here = fileURLToPath(new URL('..', import.meta.url));

/** The components of the runtime's cases, and their files in `test-components`. They become static modules, too. */
const runtimeComponents: Readonly<Record<string, string>> = {
  'edge-handler/wat': 'edge-handler/built/wat.wasm',
  'edge-handler/rust': 'edge-handler/built/rust.wasm',
  'edge-handler/c': 'edge-handler/built/c.wasm',
  'database-connector': 'database-connector/built/rust.wasm',
  'bench-guest': 'bench-guest/built/wat.wasm',
  resources: 'resources/built/wat.wasm',
  traps: 'traps/built/wat.wasm',
  limits: 'limits/built/wat.wasm',
  fuel: 'fuel/built/wat.wasm',
  nested: 'nested/built/wat.wasm',
  direct: 'direct/built/wat.wasm',
  tasks: 'tasks/built/wat.wasm',
  'async-bench': 'async-bench/built/wat.wasm',
  'async-faults': 'async-faults/built/wat.wasm',
  'async-platforms': 'async-platforms/built/wat.wasm',
  'linking/shop': 'linking/built/shop.wasm',
  'linking/pricing': 'linking/built/pricing.wasm',
};

/** The components that become static modules once more, with the components that they import. */
const linkedModules: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'linking/shop': { pricing: 'linking/pricing' },
};

/** The components and programs that the cases use. */
const committedComponents: Readonly<Record<string, string>> = {
  ...runtimeComponents,
  'hello-env': 'hello-env/built/rust.wasm',
  'hello-write': 'hello-write/built/rust.wasm',
  'read-file': 'read-file/built/rust.wasm',
  'sandbox-tour': 'sandbox-tour/built/rust.wasm',
  'preview1-calls': 'preview1-calls/built/c.wasm',
  'preview1-endings': 'preview1-endings/built/wat.wasm',
  'wasi-command': 'wasi-command/built/c.wasm',
  'wasi-command/sleep': 'wasi-command/built/sleep.wasm',
  wasi3: 'wasi3/built/c.wasm',
  sleepers: 'sleepers/built/c.wasm',
  'http-guest': 'http-guest/built/c.wasm',
  'http-service': 'http-service/built/wat.wasm',
};

/**
 * The files that a platform runs: the test file that was built for it, the module of its workers, and the components
 * beside them.
 */
export interface TestFiles {
  readonly directory: string;
  /** The names of the components. `fileOf(name)` is the name of a component's file. */
  readonly components: readonly string[];
  /** The files of static modules for workerd. */
  readonly workerdModules: readonly string[];
}

/** Returns the file name of a component. */
export function fileOf(component: string): string {
  return `${component.replace('/', '.')}.wasm`;
}

/**
 * Builds the runtime and the host of WASI as they are published, and bundles them with the cases into one test file for
 * each kind of platform.
 *
 * @param options.build whether to build the runtime; otherwise the last build is used
 * @param options.javascript whether to build the JavaScript guest when it is missing, which may download its compiler
 */
export async function prepareTestFiles(options: {
  readonly build: boolean;
  readonly javascript: boolean;
}): Promise<TestFiles> {
  if (options.build) for (const directory of runtimePackages()) await buildPackage(directory);
  const directory = join(here, 'dist');
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  for (const entry of ['page', 'page-worker', 'opfs-worker', 'service-worker', 'worker'])
    await bundle(entry, 'web', directory);
  await bundle('page', 'web', directory, {
    entryFileNames: 'page-in-chunks.js',
    chunkFileNames: 'chunk-[name]-[hash].js',
    codeSplitting: true,
  });
  await bundle('node-deno-bun', 'node', join(directory, 'node'));
  // `runInWorker` looks for this file beside the module that it is in.
  const worker = { entryFileNames: 'run-worker.js' };
  await bundle('@wit-ts/wasi/run-worker', 'web', directory, worker);
  await bundle('@wit-ts/wasi/run-worker', 'node', join(directory, 'node'), worker);
  for (const [name, path] of Object.entries(committedComponents)) {
    await cp(join(root, 'test-components', path), join(directory, fileOf(name)));
  }
  const components = Object.keys(committedComponents);
  if (options.javascript || peersInstalled()) {
    const guest = await buildJavaScriptGuest();
    if (guest.tag === 'built') {
      await writeFile(join(directory, fileOf('edge-handler/js')), guest.bytes);
      components.push('edge-handler/js');
    }
  }
  for (const target of TARGETS.filter((each) => each !== 'workerd'))
    await writeStaticModules(target, target === 'node' ? join(directory, 'node') : directory);
  return { directory, components, workerdModules: await writeStaticModules('workerd', directory) };
}

/**
 * Writes each component as a static module, and a module that imports all of them. Returns the names of the files.
 */
async function writeStaticModules(target: Target, directory: string): Promise<readonly string[]> {
  const files: StaticFile[] = [];
  const imports: string[] = [];
  const entries: string[] = [];
  const add = async (name: string, component: string, parts: Readonly<Record<string, string>> = {}) => {
    const components: Record<string, Uint8Array> = {};
    for (const [imported, part] of Object.entries(parts)) components[imported] = await bytesOf(part);
    const options = { name: `static.${target}.${name.replace('/', '.')}`, target, components };
    files.push(...(await transpile(await bytesOf(component), { ...options, eager: false, types: false })));
    const module = `module${imports.length}`;
    imports.push(`import * as ${module} from './${options.name}.js';`);
    entries.push(`'${name}': ${module},`);
  };
  for (const name of Object.keys(runtimeComponents)) await add(name, name);
  for (const [name, parts] of Object.entries(linkedModules)) await add(linkedName(name), name, parts);
  const content = [...imports, 'export default {', ...entries, '};', ''].join('\n');
  files.push({ path: `static-modules.${target}.js`, content });
  for (const file of files) await writeFile(join(directory, file.path), file.content);
  return files.map(({ path }) => path);
}

function bytesOf(component: string): Promise<Uint8Array> {
  return readFile(join(root, 'test-components', runtimeComponents[component]!));
}

/** Returns the size in bytes of the test file, which contains the runtime and the host of WASI. */
export async function testFileSize({ directory }: TestFiles): Promise<number> {
  return (await stat(join(directory, 'node/node-deno-bun.js'))).size;
}

/**
 * Returns the directories of the host of WASI and of all packages that it depends on, such as the runtime, each after
 * its own dependencies.
 */
function runtimePackages(): readonly string[] {
  const packages = new Map(workspacePackages().map((each) => [each.manifest.name, each]));
  const ordered: string[] = [];
  const add = (name: string): void => {
    const found = packages.get(name);
    if (found === undefined || ordered.includes(found.directory)) return;
    Object.keys(found.manifest.dependencies ?? {}).forEach(add);
    ordered.push(found.directory);
  };
  add('@wit-ts/wasi');
  return ordered;
}

/**
 * Bundles a module.
 *
 * @param entry the name of a file in `entries`, or a module of a package
 * @param kind whose modules are bundled if a package has one for Node and one for all others
 */
async function bundle(
  entry: string,
  kind: 'node' | 'web',
  directory: string,
  output: OutputOptions = {},
): Promise<void> {
  const build = await rolldown({
    cwd: here,
    input: entry.startsWith('@') ? entry : `./src/entries/${entry}.ts`,
    // Without the condition `@wit-ts/source` the imports resolve to the built packages.
    resolve: { conditionNames: [...(kind === 'node' ? ['node'] : []), 'import', 'default'] },
    external: [/^node:/u, './components.js', /^\.\/static-modules\./u],
    makeAbsoluteExternalsRelative: false,
    platform: 'neutral',
    logLevel: 'warn',
  });
  const files = { entryFileNames: `${entry}.js`, codeSplitting: false };
  try {
    await build.write({ ...files, ...output, dir: directory, format: 'esm' });
  } finally {
    await build.close();
  }
}
