import { join } from 'node:path';
import { buildAll, packAll, type Tarball } from '@wit-ts/dev-build/pack-all';
import { root } from '@wit-ts/dev-support/workspace';

let built: Promise<void> | undefined;
let tarballs: Promise<readonly Tarball[]> | undefined;

/** Builds the public packages, once for all steps. */
export function buildOnce(): Promise<void> {
  return (built ??= buildAll());
}

/** Builds and packs the public packages, once for all steps, so that each step can also run alone. */
export function packOnce(): Promise<readonly Tarball[]> {
  return (tarballs ??= buildOnce().then(() => packAll(join(root, '.cache/packages'))));
}
