import { FileError } from '../../files/file-error.ts';

/** The greatest offset that a system call takes. */
const GREATEST_OFFSET = 2n ** 63n - 1n;

/**
 * Returns a `filesize` as a number. Numbers are not exact above 2⁵³; files of that size are refused by all functions
 * that receive the number.
 *
 * @throws FileError `invalid`
 */
export function positionOf(size: bigint): number {
  if (size > GREATEST_OFFSET) throw new FileError('invalid');
  return Number(size);
}
