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
 * Writes files into a directory, all of them whole or none: each is written beside its place first, and then renamed.
 *
 * @throws Failure where a path leads out of the directory, also by a symbolic link, or a file cannot be written
 */
export async function writeFiles(directory: string, files: readonly FileToWrite[]): Promise<void> {
  const written: { readonly temporary: string; readonly target: string }[] = [];
  let current = directory;
  try {
    await mkdir(directory, { recursive: true });
    const root = await realpath(directory);
    for (const file of files) {
      const target = inside(root, file.path);
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
    throw fileFailure('written', current, error);
  }
}

/** Replaces a file, whole or not at all. A symbolic link stays, and what it points to is replaced. */
export async function replaceFile(file: string, content: string): Promise<void> {
  try {
    const target = await realpath(file);
    const { mode } = await stat(target);
    const { temporary } = await writeBeside(target, content, mode);
    await rename(temporary, target);
  } catch (error) {
    throw fileFailure('written', file, error);
  }
}

/** The absolute path of a file in a directory. */
export function inside(directory: string, file: string): string {
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
  return inputFailure(`${JSON.stringify(file)} is not written: it is outside of the output directory`);
}
