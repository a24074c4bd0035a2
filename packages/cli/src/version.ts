import { createRequire } from 'node:module';

/** The version of the published package. Sources and what is built stand at different depths below its `package.json`. */
export const version: string = readVersion(createRequire(import.meta.url)('wit-ts/package.json'));

function readVersion(manifest: unknown): string {
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
