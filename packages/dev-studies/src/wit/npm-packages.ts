import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cache } from '../directories.ts';

const run = promisify(execFile);

/** npm packages that ship WIT, at the versions that the figures are about. */
export const witPackages = [
  { name: '@bytecodealliance/jco', version: '1.35.0' },
  { name: '@bytecodealliance/jco-std', version: '0.5.0' },
  { name: '@fermyon/spin-sdk', version: '2.0.0' },
] as const;

export interface NpmPackage {
  readonly name: string;
  readonly version: string;
}

/**
 * The directory of an npm package, unpacked into `.cache/wit-packages` when first asked for. Its dependencies are left
 * out: the WIT is in the packages themselves, and one of them depends on a Git repository.
 *
 * Throws an Error where npm or tar fails.
 */
export async function npmPackage({ name, version }: NpmPackage): Promise<string> {
  const directory = join(cache, 'wit-packages', `${name.replaceAll('/', '+')}@${version}`);
  if (existsSync(directory)) return directory;
  const packed = await mkdtemp(join(tmpdir(), 'wit-ts-pack-'));
  try {
    const { stdout } = await run('npm', [
      'pack',
      '--json',
      '--pack-destination',
      packed,
      `${name}@${version}`,
    ]);
    await run('tar', ['xzf', join(packed, tarballOf(stdout)), '-C', packed]);
    await mkdir(join(cache, 'wit-packages'), { recursive: true });
    await run('cp', ['-R', join(packed, 'package'), `${directory}.part`]);
    await rename(`${directory}.part`, directory);
  } finally {
    await rm(packed, { recursive: true, force: true });
  }
  return directory;
}

/** npm answers with a list, newer ones with an object by name. */
function tarballOf(output: string): string {
  const answer: unknown = JSON.parse(output);
  const [first] = Array.isArray(answer) ? (answer as unknown[]) : Object.values(Object(answer) as object);
  const { filename } = Object(first) as { filename?: unknown };
  if (typeof filename !== 'string') throw new Error('npm pack does not say where it put the package');
  return filename.replaceAll('@', '').replaceAll('/', '-');
}
