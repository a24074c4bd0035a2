import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '@wit-ts/dev-build';
import { peersInstalled } from '@wit-ts/dev-peers';
import { buildJavaScriptGuest } from '@wit-ts/test-components/edge-handler/guest-js';
import { rolldown } from 'rolldown';

const here = fileURLToPath(new URL('..', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What the runtime is made of, each before those that use it. */
const chain = ['diagnostics', 'model', 'component', 'abi', 'plan', 'runtime'];

const committed: Readonly<Record<string, string>> = {
  'edge-handler/wat': 'edge-handler/built/wat.wasm',
  'edge-handler/rust': 'edge-handler/built/rust.wasm',
  'edge-handler/c': 'edge-handler/built/c.wasm',
  'database-connector': 'database-connector/built/rust.wasm',
  'bench-guest': 'bench-guest/built/wat.wasm',
  resources: 'resources/built/wat.wasm',
  traps: 'traps/built/wat.wasm',
  limits: 'limits/built/wat.wasm',
  nested: 'nested/built/wat.wasm',
  direct: 'direct/built/wat.wasm',
  tasks: 'tasks/built/wat.wasm',
};

/** What every platform is given: the built test file for it, and beside it the components. */
export interface Assets {
  readonly directory: string;
  /** The names of the components, whose files are `fileOf(name)`. */
  readonly components: readonly string[];
}

export function fileOf(component: string): string {
  return `${component.replace('/', '.')}.wasm`;
}

/**
 * Builds the runtime as it would be published, and joins it with the test file into one module for each kind of platform.
 *
 * @param options.build false takes the runtime as it was built last
 * @param options.javascript whether the JavaScript guest may be built, which may download its compiler
 */
export async function prepare(options: {
  readonly build: boolean;
  readonly javascript: boolean;
}): Promise<Assets> {
  if (options.build) for (const name of chain) await buildPackage(join(root, 'packages', name));
  const directory = join(here, 'dist');
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  for (const entry of ['files', 'page', 'worker']) await bundle(entry, join(directory, `${entry}.js`));
  for (const [name, path] of Object.entries(committed)) {
    await cp(join(root, 'test-components', path), join(directory, fileOf(name)));
  }
  const components = Object.keys(committed);
  if (options.javascript || peersInstalled()) {
    const guest = await buildJavaScriptGuest();
    if (guest.tag === 'built') {
      await writeFile(join(directory, fileOf('edge-handler/js')), guest.bytes);
      components.push('edge-handler/js');
    }
  }
  return { directory, components };
}

/** The size of the test file with the runtime in it, in bytes. */
export async function bundleSize({ directory }: Assets): Promise<number> {
  return (await stat(join(directory, 'files.js'))).size;
}

async function bundle(entry: string, file: string): Promise<void> {
  const build = await rolldown({
    input: join(here, `src/entries/${entry}.ts`),
    // Without the condition of the checkout these are the built packages.
    resolve: { conditionNames: ['import', 'default'] },
    external: [/^node:/u, './components.js'],
    platform: 'neutral',
    logLevel: 'warn',
  });
  try {
    await build.write({ file, format: 'esm', codeSplitting: false });
  } finally {
    await build.close();
  }
  await mkdir(dirname(file), { recursive: true });
}
