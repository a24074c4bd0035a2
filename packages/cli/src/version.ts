import { createRequire } from 'node:module';

/**
 * The version of the package. It resolves its own manifest, because sources and built files are at different depths.
 */
export const version: string = readVersion(createRequire(import.meta.url)('wit-ts/package.json'));

function readVersion(manifest: unknown): string {
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
