import { sourceMapAddress, withSourceMapAddress } from '@wit-ts/component/source-maps';
import type { StaticFile } from './static-file.ts';

/** Reads the source map at an address that a core module names; undefined if there is none. */
export type ReadSourceMap = (address: string) => Promise<Uint8Array | undefined>;

/** A file for a core module. */
interface CoreFile {
  readonly path: string;
  readonly module: Uint8Array;
  /** Whether the module is as the component has it, so that a source map fits it. */
  readonly isOriginal: boolean;
}

/** Returns the files of core modules, each with its source map beside it if there is one and it can be read. */
export async function coreFiles(
  files: readonly CoreFile[],
  read: ReadSourceMap | undefined,
): Promise<StaticFile[]> {
  const written: StaticFile[] = [];
  for (const { path, module, isOriginal } of files) {
    const address = isOriginal ? sourceMapAddress(module) : undefined;
    const map = address === undefined || hasScheme(address) ? undefined : await read?.(address);
    if (map === undefined) written.push({ path, content: module });
    else
      written.push(
        { path, content: withSourceMapAddress(module, `${path}.map`) },
        { path: `${path}.map`, content: map },
      );
  }
  return written;
}

/** Addresses such as `https:` and `data:` say where the map is, wherever the module is. */
function hasScheme(address: string): boolean {
  return /^[a-z][a-z\d+.-]*:|^\/\//iu.test(address);
}
