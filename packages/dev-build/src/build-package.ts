import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { asciiOnly } from './ascii-only.ts';
import { AtOnce } from './at-once.ts';
import { entriesOf, isExternal, type Manifest } from './entries.ts';

/**
 * Builds a package into its `dist`: for each export and command one module in which the package's own files are joined,
 * because a file takes Node half a millisecond to load. Other packages are imported by name, but for those that the
 * package lists under `joins` in its `package.json`: what they are made of becomes a part of it, for the same reason, and
 * what its first export loads at once is one file. Types are written by `tsc`, a file each.
 *
 * Throws an Error with what the compiler said where the types are wrong.
 */
export async function buildPackage(directory: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Manifest;
  const output = join(directory, 'dist');
  await rm(output, { recursive: true, force: true });
  writeTypes(directory);
  const { joins = [] } = manifest;
  const input = entriesOf(manifest).map(({ name, source }) => [name, join(directory, source)] as const);
  const atOnce = new AtOnce(join(directory, 'src/index.ts'));
  const build = await rolldown({
    input: Object.fromEntries(input),
    external: (id) => isExternal(id, joins),
    resolve: { conditionNames: ['@wit-ts/source', 'import', 'default'] },
    platform: 'neutral',
    logLevel: 'warn',
    plugins: [atOnce.plugin, asciiOnly],
  });
  try {
    await build.write({
      dir: output,
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'shared/[name].js',
      ...(joins.length > 0 && {
        codeSplitting: {
          groups: [{ name: 'at-once', tags: ['$initial'], test: (id) => atOnce.includes(id) }],
        },
      }),
      // They are in the types.
      comments: { annotation: true, jsdoc: false, legal: true },
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
