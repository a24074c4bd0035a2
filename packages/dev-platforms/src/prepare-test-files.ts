import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '@wit-ts/dev-build';
import { peersInstalled } from '@wit-ts/dev-peers';
import { root, workspacePackages } from '@wit-ts/dev-support/workspace';
import { buildJavaScriptGuest } from '@wit-ts/test-components/edge-handler/guest-js';
import { type OutputOptions, rolldown } from 'rolldown';

const here = fileURLToPath(new URL('..', import.meta.url));

/** The components that the cases use, and their files in `test-components`. */
const committedComponents: Readonly<Record<string, string>> = {
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
};

/** The files that a platform runs: the test file that was built for it, and the components beside it. */
export interface TestFiles {
  readonly directory: string;
  /** The names of the components. `fileOf(name)` is the name of a component's file. */
  readonly components: readonly string[];
}

/** Returns the file name of a component. */
export function fileOf(component: string): string {
  return `${component.replace('/', '.')}.wasm`;
}

/**
 * Builds the runtime as it is published, and bundles it with the cases into one test file for each kind of platform.
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
  for (const entry of ['node-deno-bun', 'page', 'service-worker', 'worker'])
    await bundle(entry, { file: join(directory, `${entry}.js`), codeSplitting: false });
  await bundle('page', {
    dir: directory,
    entryFileNames: 'page-in-chunks.js',
    chunkFileNames: 'chunk-[name]-[hash].js',
  });
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
  return { directory, components };
}

/** Returns the size in bytes of the test file, which contains the runtime. */
export async function testFileSize({ directory }: TestFiles): Promise<number> {
  return (await stat(join(directory, 'node-deno-bun.js'))).size;
}

/** Returns the directories of the runtime and of all packages that it depends on, each after its own dependencies. */
function runtimePackages(): readonly string[] {
  const packages = new Map(workspacePackages().map((each) => [each.manifest.name, each]));
  const ordered: string[] = [];
  const add = (name: string): void => {
    const found = packages.get(name);
    if (found === undefined || ordered.includes(found.directory)) return;
    Object.keys(found.manifest.dependencies ?? {}).forEach(add);
    ordered.push(found.directory);
  };
  add('@wit-ts/runtime');
  return ordered;
}

async function bundle(entry: string, output: OutputOptions): Promise<void> {
  const build = await rolldown({
    input: join(here, `src/entries/${entry}.ts`),
    // Without the condition `@wit-ts/source` the imports resolve to the built packages.
    resolve: { conditionNames: ['import', 'default'] },
    external: [/^node:/u, './components.js'],
    platform: 'neutral',
    logLevel: 'warn',
  });
  try {
    await build.write({ ...output, format: 'esm' });
  } finally {
    await build.close();
  }
}
