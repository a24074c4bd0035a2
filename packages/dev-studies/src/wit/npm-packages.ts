import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cache } from '../directories.ts';

const run = promisify(execFile);

/** The npm packages whose WIT is studied, with the versions that the figures are about. */
export const witPackages = [
  { name: '@bytecodealliance/jco', version: '1.35.0' },
  { name: '@bytecodealliance/jco-std', version: '0.5.0' },
  { name: '@fermyon/spin-sdk', version: '2.0.0' },
] as const;

/** A package on the npm registry. */
interface NpmPackage {
  readonly name: string;
  readonly version: string;
}

/**
 * Returns the directory of an npm package, and downloads it into `.cache/wit-packages` when it is missing. Dependencies
 * are not installed: the WIT is in the packages themselves, and one package depends on a Git repository.
 *
 * Throws an Error when npm or tar fails.
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

/** Older versions of npm print an array, newer ones an object whose keys are package names. */
function tarballOf(output: string): string {
  const answer: unknown = JSON.parse(output);
  const [first] = Array.isArray(answer) ? (answer as unknown[]) : Object.values(Object(answer) as object);
  const { filename } = Object(first) as { filename?: unknown };
  if (typeof filename !== 'string') throw new Error('the output of `npm pack` does not contain a file name');
  return filename.replaceAll('@', '').replaceAll('/', '-');
}
