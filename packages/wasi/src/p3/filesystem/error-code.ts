import { FileError, type FileErrorCode } from '../../files/file-error.ts';

/** The codes of files that 0.3 has no case for. */
type Unnamed = 'too-many-open-files' | 'would-block';

type Named = Exclude<FileErrorCode, Unnamed>;

/** `error-code` of `wasi:filesystem/types`. */
export type FileErrorCase =
  { [Code in Named]: { tag: Code } }[Named] | { tag: 'other'; val: string | undefined };

/** Returns the error that a program sees. The message of the host stays with the host: it could contain its paths. */
export function fileErrorCase(cause: unknown): FileErrorCase {
  if (!(cause instanceof FileError)) return { tag: 'io' };
  const { code } = cause;
  return code === 'too-many-open-files' || code === 'would-block'
    ? { tag: 'other', val: code }
    : // The compiler takes one object for a union of so many only with a cast.
      ({ tag: code } as FileErrorCase);
}
