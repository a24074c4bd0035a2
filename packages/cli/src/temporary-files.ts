import { randomBytes } from 'node:crypto';
import { lstat, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** `<target>.<process id>-<12 hexadecimal digits>.wit-ts.tmp` */
const TEMPORARY = /\.(\d{1,10})-[0-9a-f]{12}\.wit-ts\.tmp$/u;

/**
 * Writes a temporary file beside its target and returns its path. The name contains the process's id, so that a later
 * run can find out that the process was killed before it renamed the file.
 */
export async function writeTemporary(
  target: string,
  content: string | Uint8Array,
  mode?: number,
): Promise<string> {
  const temporary = `${target}.${process.pid}-${randomBytes(6).toString('hex')}.wit-ts.tmp`;
  const handle = await open(temporary, 'wx', mode);
  try {
    await handle.writeFile(content);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return temporary;
}

/** Process ids are used again, so a file of this age is stale even if some process has the id. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** Removes the temporary files in a directory whose process is gone. Links and other files stay. */
export async function removeStaleTemporaries(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const pid = Number(TEMPORARY.exec(name)?.[1] ?? 0);
    if (pid === 0 || pid === process.pid) continue;
    const file = path.join(directory, name);
    const stats = await lstat(file).catch(() => undefined);
    if (stats === undefined || !stats.isFile()) continue;
    if (isRunning(pid) && Date.now() - stats.mtimeMs < MAX_AGE_MS) continue;
    // Another user may own the file. It does no harm, so this is not an error.
    await rm(file, { force: true }).catch(() => undefined);
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
