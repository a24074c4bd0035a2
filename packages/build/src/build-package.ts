import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { entriesOf, type Manifest } from './entries.ts';

/**
 * Builds a package into its `dist`: for each export and command one module in which the package's own files are joined,
 * because a hundred small files take Node tens of milliseconds to load; other packages are imported by name, so that
 * classes such as `Trap` exist once in a program. Types are written by `tsc`, a file each.
 *
 * Throws an Error with what the compiler said where the types are wrong.
 */
export async function buildPackage(directory: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Manifest;
  const output = join(directory, 'dist');
  await rm(output, { recursive: true, force: true });
  writeTypes(directory);
  const build = await rolldown({
    input: Object.fromEntries(entriesOf(manifest).map(({ name, source }) => [name, join(directory, source)])),
    external: (id) => !/^(?:[./\\]|[A-Za-z]:)/u.test(id),
    platform: 'neutral',
    logLevel: 'warn',
  });
  try {
    await build.write({
      dir: output,
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'shared/[name].js',
    });
  } finally {
    await build.close();
  }
}

function writeTypes(directory: string): void {
  const options = ['-p', 'tsconfig.build.json', '--emitDeclarationOnly'];
  const { status, error, stdout } = spawnSync('tsc', options, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(`The types of ${basename(directory)} cannot be written:\n${error?.message ?? stdout}`);
  }
}
