import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installFrozen } from '@wit-ts/dev-peers';

/** The folders of `packages/dev-platforms/runtimes`. */
export type RuntimeName = 'node-22' | 'node-24' | 'deno' | 'bun' | 'workerd' | 'chromium';

const directory = fileURLToPath(new URL('../runtimes', import.meta.url));

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * The folder of a platform's package, installed first where it is not there.
 *
 * Throws an Error with what the package manager said where that fails.
 */
export async function runtime(name: RuntimeName): Promise<string> {
  const folder = join(directory, name);
  const [[dependency, version] = ['', '']] = Object.entries((await manifest(folder))?.dependencies ?? {});
  const installed = join(folder, 'node_modules', dependency);
  if ((await manifest(installed))?.version === version) return installed;
  process.stderr.write(`Installing ${dependency} ${version} into packages/dev-platforms/runtimes (once) …\n`);
  const { code, output } = await installFrozen(directory, ['--filter', `./${name}`]);
  if (code !== 0) {
    throw new Error(
      `${dependency} ${version} could not be installed: ${output.trim().split('\n').at(-1) ?? ''}`,
    );
  }
  return installed;
}

/** The command that a platform's package offers. */
export async function command(name: RuntimeName): Promise<string> {
  await runtime(name);
  return join(directory, name, 'node_modules/.bin', name.startsWith('node-') ? 'node' : name);
}

async function manifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}
