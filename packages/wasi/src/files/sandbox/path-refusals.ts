import { FileError, type FileRefusal } from '../file-error.ts';
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
  return notPermitted(asked, ungrantedPath(asked, 'node'));
}

/**
 * Says what it takes to grant a path that no directory grants. A directory is granted itself; any other node with the
 * directory that holds it.
 */
export function ungrantedPath(asked: string, kind: 'directory' | 'node'): FileRefusal {
  const reason = 'no directory grants it';
  const folder = kind === 'directory' ? asked : asked.slice(0, asked.lastIndexOf('/')) || '/';
  if (folder !== '/') return { asked, reason, flags: directoryFlags(folder, folder) };
  // The same path on the host is everything that the host has, so the person who grants has to choose another one.
  const choice = asked === '/' ? 'a directory of the host' : 'the directory of the host that holds it';
  return { asked, reason: `${reason}; \`--dir HOST::/\` would, with ${choice} as \`HOST\``, flags: [] };
}

/** The error for a path that leaves the granted directory with `..`. No other grant would let it through. */
export function leavingError(asked: string): FileError {
  const reason = 'a `..` on its way leads out of the directory that is granted';
  return notPermitted(asked, { asked, reason, flags: [] });
}

/** The error for a symbolic link on the way of a path that leads out of the granted directory. */
export function linkOutsideError(asked: string): FileError {
  const reason = 'a symbolic link on its way leads out of the directory that is granted';
  return notPermitted(asked, { asked, reason, flags: [] });
}

/** The error for a change below a directory that is granted for reading only. */
export function readOnlyError(origin: DirectoryOrigin, directory: string, path: string): FileError {
  const asked = absoluteGuestPath(directory, path);
  const reason = `\`${origin.guest}\` is granted for reading only`;
  const flags = origin.host === undefined ? [] : directoryFlags(origin.host, origin.guest);
  return new FileError('read-only', `\`${asked}\`: ${reason}`, { asked, reason, flags });
}

function notPermitted(asked: string, refusal: FileRefusal): FileError {
  return new FileError('not-permitted', `\`${asked}\`: ${refusal.reason}`, refusal);
}

/**
 * The flag that grants a directory, as it is typed into a shell; none if it cannot be. Paths come from guests, and the
 * text from here may be copied into a terminal: what a shell could take for more than a word is quoted, and control
 * characters get no hint.
 */
export function directoryFlags(host: string, guest: string, mode: ':ro' | '' = ''): readonly string[] {
  const pair = `${host}::${guest}${mode}`;
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(pair)) return [];
  const word = /^[\p{L}\p{N}_./:@%+=,-]+$/u.test(pair) ? pair : `'${pair.replaceAll("'", String.raw`'\''`)}'`;
  return [`--dir ${word}`];
}
