import { constants, fstatSync, openSync } from 'node:fs';

/**
 * Opens a standard stream once more, for reads or writes that do not block; returns undefined if that is not possible.
 * Only Linux can do so, and not for sockets. The flag of the stream itself would concern every process that shares it.
 */
export function openNonBlocking(descriptor: number, mode: 'read' | 'write'): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = fstatSync(descriptor);
    // A second descriptor of a file would have its own position.
    if (!stat.isFIFO() && !stat.isCharacterDevice()) return undefined;
    const access = mode === 'read' ? constants.O_RDONLY : constants.O_WRONLY;
    return openSync(`/proc/self/fd/${descriptor}`, access | constants.O_NONBLOCK);
  } catch {
    // There is no `/proc`, or the terminal belongs to another user.
    return undefined;
  }
}
