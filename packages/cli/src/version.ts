import { readFileSync } from 'node:fs';

/** The version of the published package; the file stands one folder up from sources and from what is built. */
export const version: string = readVersion(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

function readVersion(text: string): string {
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed
    ? String(parsed.version)
    : 'unknown';
}
