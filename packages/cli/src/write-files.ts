import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, inputFailure } from './failure.ts';

export interface FileToWrite {
  /** Relative to the directory, with `/`. */
  readonly path: string;
  readonly content: string;
}

/**
 * Writes files into a directory, either all of them or none: each is written to a temporary file beside the target
 * first, and then renamed.
 *
 * @throws Failure if a path leads out of the directory, also by a symbolic link, or a file cannot be written
 */
export async function writeFiles(directory: string, files: readonly FileToWrite[]): Promise<void> {
  const written: { readonly temporary: string; readonly target: string }[] = [];
  let current = directory;
  try {
    await mkdir(directory, { recursive: true });
    const root = await realpath(directory);
    for (const file of files) {
      const target = pathInside(root, file.path);
      current = target;
      await mkdir(path.dirname(target), { recursive: true });
      if (!isWithin(root, await realpath(path.dirname(target)))) throw outside(file.path);
      written.push(await writeBeside(target, file.content));
    }
    for (const { temporary, target } of written) {
      current = target;
      await rename(temporary, target);
    }
  } catch (error) {
    await Promise.all(written.map(({ temporary }) => rm(temporary, { force: true })));
    if (error instanceof Error && error.name === 'Failure') throw error;
    throw fileFailure('write', current, error);
  }
}

/** Replaces a file completely or not at all. A symbolic link stays, and its target is replaced. */
export async function replaceFile(file: string, content: string): Promise<void> {
  try {
    const target = await realpath(file);
    const { mode } = await stat(target);
    const { temporary } = await writeBeside(target, content, mode);
    await rename(temporary, target);
  } catch (error) {
    throw fileFailure('write', file, error);
  }
}

/**
 * Returns the absolute path of a file in a directory.
 *
 * @throws Failure if the path leads out of the directory
 */
export function pathInside(directory: string, file: string): string {
  const target = path.resolve(directory, file);
  if (target === directory || !isWithin(directory, target)) throw outside(file);
  return target;
}

async function writeBeside(
  target: string,
  content: string,
  mode?: number,
): Promise<{ temporary: string; target: string }> {
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = await open(temporary, 'wx', mode);
  try {
    await handle.writeFile(content);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return { temporary, target };
}

function isWithin(directory: string, target: string): boolean {
  const relative = path.relative(directory, target);
  return (
    relative === '' ||
    (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
  );
}

function outside(file: string): Error {
  return inputFailure(`cannot write ${JSON.stringify(file)}: it is outside the output directory`);
}
