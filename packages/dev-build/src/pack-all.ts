import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runPnpm } from '@wit-ts/dev-support/run-command';
import { publishedPackages, type WorkspacePackage } from '@wit-ts/dev-support/workspace';

/** A public package as the registry would receive it. */
export interface Tarball {
  readonly package: WorkspacePackage;
  /** The absolute path of the `.tgz` file. */
  readonly file: string;
}

/** Builds every public package into its `dist`. Throws an Error with the output of the build when one fails. */
export async function buildAll(): Promise<void> {
  const { code, output } = await runPnpm([...publicPackages(), 'run', 'build']);
  if (code !== 0) throw new Error(`the packages cannot be built:\n${output.trim()}`);
}

/**
 * Packs every public package into a directory, which is emptied first. The packages must be built. In the tarballs, the
 * packages depend on one another by version.
 *
 * Throws an Error when one is not built or cannot be packed.
 */
export async function packAll(directory: string): Promise<readonly Tarball[]> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const out = join(directory, '%s-%v.tgz');
  const { code, output } = await runPnpm([...publicPackages(), 'pack', '--out', out]);
  if (code !== 0) throw new Error(`the packages cannot be packed:\n${output.trim()}`);
  return publishedPackages().map((each) => {
    const { name, version = '' } = each.manifest;
    if (!existsSync(join(each.directory, 'dist'))) throw new Error(`\`${name}\` is not built`);
    const file = join(directory, `${name.replace('@', '').replaceAll('/', '-')}-${version}.tgz`);
    if (!existsSync(file)) throw new Error(`pnpm did not pack \`${name}\` into ${file}`);
    return { package: each, file };
  });
}

function publicPackages(): readonly string[] {
  return ['-r', ...publishedPackages().flatMap(({ manifest }) => ['--filter', manifest.name])];
}
