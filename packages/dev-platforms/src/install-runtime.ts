import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installFrozen } from '@wit-ts/dev-peers';

/** The names of the folders in `packages/dev-platforms/runtimes`. */
export type RuntimeName = 'node-22-0' | 'node-22' | 'node-24' | 'deno' | 'bun' | 'workerd' | 'chromium';

const directory = fileURLToPath(new URL('../runtimes', import.meta.url));

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * Returns the folder of the npm package that contains a JavaScript runtime, and installs the package first when it is
 * missing.
 *
 * Throws an Error with the last line of the package manager's output when the installation fails.
 */
export function runtimeFolder(name: RuntimeName): Promise<string> {
  const folder = installing.then(() => installedFolder(name));
  installing = folder.catch(() => undefined);
  return folder;
}

/** Installations wait for one another: they share one store of packages, and each removes what it does not know. */
let installing: Promise<unknown> = Promise.resolve();

async function installedFolder(name: RuntimeName): Promise<string> {
  const folder = join(directory, name);
  const [[dependency, version] = ['', '']] = Object.entries((await manifest(folder))?.dependencies ?? {});
  const installed = join(folder, 'node_modules', dependency);
  if ((await manifest(installed))?.version === version) return installed;
  process.stderr.write(
    `Installing ${dependency} ${version} into packages/dev-platforms/runtimes (only this time) …\n`,
  );
  const { code, output } = await installFrozen(directory, ['--filter', `./${name}`]);
  if (code !== 0) {
    throw new Error(`cannot install ${dependency} ${version}: ${output.trim().split('\n').at(-1) ?? ''}`);
  }
  return installed;
}

/** Returns the path of a JavaScript runtime's command, and installs the runtime first when it is missing. */
export async function runtimeCommand(name: RuntimeName): Promise<string> {
  await runtimeFolder(name);
  return join(directory, name, 'node_modules/.bin', name.startsWith('node-') ? 'node' : name);
}

async function manifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}
