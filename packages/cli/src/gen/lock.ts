import { randomBytes } from 'node:crypto';
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileFailure, inputFailure } from '../failure.ts';
import { isRunning } from '../temporary-files.ts';

/** Contains the id of the process that writes into the directory. */
const LOCK = '.wit-ts-lock';

/** A run holds the lock for as long as it takes to write files, so an older one was left by a killed process. */
const MAX_AGE_MS = 60_000;

const POLL_MS = 20;
const MAX_POLLS = 1500;

/**
 * Does work while no other run writes into the directories, which are created if they do not exist. Runs beside each
 * other would otherwise forget what the other wrote.
 *
 * @throws Failure if another process holds a lock for too long, or a directory cannot be written
 */
export async function withLocks<T>(directories: readonly string[], work: () => Promise<T>): Promise<T> {
  const held: string[] = [];
  try {
    // All runs take locks in one order, so that two cannot wait for each other.
    for (const directory of [...directories].sort()) held.push(await acquire(directory));
    return await work();
  } finally {
    await Promise.all(held.map((file) => rm(file, { force: true })));
  }
}

async function acquire(directory: string): Promise<string> {
  for (let polls = 0; ; polls += 1) {
    try {
      await mkdir(directory, { recursive: true });
      const file = path.join(await realpath(directory), LOCK);
      if (await tryLock(file)) return file;
      const owner = await staleOwner(file);
      if (owner !== undefined) await removeLock(file, owner);
      else if (polls === MAX_POLLS) throw busy(directory);
      else await sleep(POLL_MS);
    } catch (error) {
      throw fileFailure('write', directory, error);
    }
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Returns the content of a lock whose process is gone. */
async function staleOwner(file: string): Promise<string | undefined> {
  try {
    const owner = await readFile(file, 'utf8');
    const { mtimeMs } = await stat(file);
    const isStale = Date.now() - mtimeMs > MAX_AGE_MS || (/^\d+$/u.test(owner) && !isRunning(Number(owner)));
    return isStale ? owner : undefined;
  } catch {
    // The lock was released in between, or is not readable yet.
    return undefined;
  }
}

/** Removes a stale lock, but puts it back if another process has replaced it in between. */
async function removeLock(file: string, owner: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, 'utf8')) === owner) await rm(aside, { force: true });
    else await rename(aside, file);
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
