import { FileError } from '../file-error.ts';
import { absoluteGuestPath } from './guest-path.ts';

/** What a directory was granted as. */
export interface DirectoryOrigin {
  /** The guest's absolute path. */
  readonly guest: string;
  /** The path on the host, if it has one; it is only shown in reports. */
  readonly host: string | undefined;
  readonly write: boolean;
}

/** The error for a path that no grant covers. `asked` is the guest's absolute path. */
export function outsideError(asked: string): FileError {
  const reason = 'no directory grants it';
  const folder = asked.slice(0, asked.lastIndexOf('/')) || asked;
  // A hint must not lead to a grant of everything.
  const flags = folder === '/' ? [] : directoryFlags(folder, folder);
  return new FileError('not-permitted', `\`${asked}\`: ${reason}`, { asked, reason, flags });
}

/** The error for a symbolic link on the way of a path that leads out of the granted directory. */
export function linkOutsideError(asked: string): FileError {
  const reason = 'a symbolic link on its way leads out of the directory that is granted';
  return new FileError('not-permitted', `\`${asked}\`: ${reason}`, { asked, reason, flags: [] });
}

/**
 * The error for a change below a directory that may not be changed: `read-only`, as `mutate-directory` of
 * `wasi:filesystem/types` says. The host hears of it when its grant is the reason, and not the guest's own flags.
 */
export function readOnlyError(origin: DirectoryOrigin, directory: string, path: string): FileError {
  const asked = absoluteGuestPath(directory, path);
  if (origin.write) {
    return new FileError('read-only', `\`${asked}\`: its directory was opened without \`mutate-directory\``);
  }
  const reason = `\`${origin.guest}\` is granted for reading only`;
  const flags = origin.host === undefined ? [] : directoryFlags(origin.host, origin.guest);
  return new FileError('read-only', `\`${asked}\`: ${reason}`, { asked, reason, flags });
}

/**
 * The flag that grants a directory, as it is typed into a shell. Paths come from guests, and the text from here may be
 * copied into a terminal: what a shell could take for more than a word is quoted, and control characters get no hint.
 */
function directoryFlags(host: string, guest: string): readonly string[] {
  const pair = `${host}::${guest}`;
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(pair)) return [];
  const word = /^[\p{L}\p{N}_./:@%+=,-]+$/u.test(pair) ? pair : `'${pair.replaceAll("'", String.raw`'\''`)}'`;
  return [`--dir ${word}`];
}
