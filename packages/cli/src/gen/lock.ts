import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileFailure, inputFailure } from '../failure.ts';
import { makeDirectory, removeMade } from '../make-directory.ts';
import { isRunning, randomDigits } from '../temporary-files.ts';

/** Contains the id of the process that writes into the directory. */
const LOCK = '.wit-ts-lock';

/** A run holds the lock for as long as it takes to write files, so an older one was left by a killed process. */
const MAX_AGE_MS = 60_000;

const POLL_MS = 20;
const MAX_POLLS = 1500;

/**
 * Does work while no other run writes into the directories, which are created if they do not exist, and removed again
 * if the work fails. Runs beside each other would otherwise forget what the other wrote.
 *
 * @throws Failure if another process holds a lock for too long, or a directory cannot be written
 */
export async function withLocks<T>(directories: readonly string[], work: () => Promise<T>): Promise<T> {
  const held: string[] = [];
  const made: string[] = [];
  let isDone = false;
  try {
    // All runs take locks in one order, so that two cannot wait for each other.
    for (const directory of [...directories].sort()) held.push(await acquire(directory, made));
    const result = await work();
    isDone = true;
    return result;
  } finally {
    for (const file of held) rmSync(file, { force: true });
    if (!isDone) removeMade(made);
  }
}

/** @param made receives the directories that are created */
async function acquire(directory: string, made: string[]): Promise<string> {
  for (let polls = 0; ; polls += 1) {
    try {
      made.push(...makeDirectory(directory));
      const file = path.join(realpathSync.native(directory), LOCK);
      if (tryLock(file)) return file;
      const owner = staleOwner(file);
      if (owner !== undefined) removeLock(file, owner);
      else if (polls === MAX_POLLS) throw busy(directory);
      else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    } catch (error) {
      throw fileFailure('write', directory, error);
    }
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Returns the content of a lock whose process is gone. */
function staleOwner(file: string): string | undefined {
  try {
    const owner = readFileSync(file, 'utf8');
    const { mtimeMs } = statSync(file);
    const isStale = Date.now() - mtimeMs > MAX_AGE_MS || (/^\d+$/u.test(owner) && !isRunning(Number(owner)));
    return isStale ? owner : undefined;
  } catch {
    // The lock was released in between, or is not readable yet.
    return undefined;
  }
}

/** Removes a stale lock, but puts it back if another process has replaced it in between. */
function removeLock(file: string, owner: string): void {
  const aside = `${file}.${randomDigits()}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') === owner) rmSync(aside, { force: true });
    else renameSync(aside, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

function busy(directory: string): Error {
  return inputFailure(
    `another process has been writing into \`${directory}\` for too long`,
    `end it, and remove \`${LOCK}\` in the directory if it stays`,
  );
}
