import { closeSync, lstatSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** `<target>.<process id>-<12 hexadecimal digits>.wit-ts.tmp` */
const TEMPORARY = /\.(\d{1,10})-[0-9a-f]{12}\.wit-ts\.tmp$/u;

/**
 * Writes a temporary file beside its target and returns its path. The name contains the process's id, so that a later
 * run can find out that the process was killed before it renamed the file.
 */
export function writeTemporary(target: string, content: string | Uint8Array, mode?: number): string {
  const temporary = `${target}.${process.pid}-${randomDigits()}.wit-ts.tmp`;
  const file = openSync(temporary, 'wx', mode);
  try {
    writeFileSync(file, content);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return temporary;
}

/**
 * Returns 12 hexadecimal digits for the name of a file that no other run has. They are no secret, because a file is
 * opened only if it does not exist: loading `node:crypto` takes a third of the time in which Node starts.
 */
export function randomDigits(): string {
  return Math.floor(Math.random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0');
}

/** Process ids are used again, so a file of this age is stale even if some process has the id. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** Removes the temporary files in a directory whose process is gone. Links and other files stay. */
export function removeStaleTemporaries(directory: string): void {
  for (const name of orUndefined(() => readdirSync(directory)) ?? []) {
    const pid = Number(TEMPORARY.exec(name)?.[1] ?? 0);
    if (pid === 0 || pid === process.pid) continue;
    const file = path.join(directory, name);
    const stats = orUndefined(() => lstatSync(file));
    if (stats === undefined || !stats.isFile()) continue;
    if (isRunning(pid) && Date.now() - stats.mtimeMs < MAX_AGE_MS) continue;
    // Another user may own the file. It does no harm, so this is not an error.
    orUndefined(() => rmSync(file, { force: true }));
  }
}

function orUndefined<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Without permission to send signals, the process exists all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
