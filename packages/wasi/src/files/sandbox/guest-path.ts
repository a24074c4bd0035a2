import { FileError } from '../file-error.ts';

/** The longest component of a path in bytes of UTF-8: `NAME_MAX` of Linux. */
const NAME_BYTES = 255;
/** The longest path in bytes of UTF-8: `PATH_MAX` of Linux. */
const PATH_BYTES = 4096;

/**
 * Throws for a path that no file system can have: `no-entry` for the empty one, `invalid` for a NUL character,
 * `illegal-byte-sequence` for a lone surrogate, which has no bytes in UTF-8, and `name-too-long`.
 */
export function checkPath(path: string): void {
  if (path === '') throw new FileError('no-entry', 'the path is empty');
  if (path.includes('\0')) throw new FileError('invalid', 'the path contains a NUL character');
  if (!path.isWellFormed()) {
    throw new FileError('illegal-byte-sequence', 'the path contains half of a surrogate pair');
  }
  if (isLonger(path, PATH_BYTES)) {
    throw new FileError('name-too-long', `the path has more than ${PATH_BYTES} bytes`);
  }
}

/** Throws `name-too-long` for a component of a path that has more than 255 bytes. */
export function checkName(name: string): void {
  if (isLonger(name, NAME_BYTES)) {
    throw new FileError('name-too-long', `a name in the path has more than ${NAME_BYTES} bytes`);
  }
}

/** Whether a path is absolute for guests, which know `/` only. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

/** The path without slashes at its end; a path of slashes only stays `/`. */
export function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path.charCodeAt(end - 1) === 0x2f) end--;
  return end === path.length ? path : path.slice(0, end);
}

/**
 * The absolute path that a guest means by a path below a directory, if no component is a symbolic link. It serves
 * reports; nothing is opened by it.
 */
export function absoluteGuestPath(directory: string, path: string): string {
  const parts: string[] = [];
  // A program can go deeper than any path is long; the start of the way is left out then.
  if (directory.length > PATH_BYTES) return absoluteGuestPath('/…', path);
  for (const part of (isAbsolute(path) ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function isLonger(text: string, limit: number): boolean {
  // A UTF-16 unit is one to three bytes of UTF-8, so most texts need not be encoded.
  if (text.length > limit) return true;
  return text.length * 3 > limit && new TextEncoder().encode(text).length > limit;
}
