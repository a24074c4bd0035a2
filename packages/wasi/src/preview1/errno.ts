import { FileError, type FileErrorCode } from '../files/file-error.ts';
import { UngrantedPathError } from '../files/sandbox/refusing-root.ts';

/** The error numbers of preview 1, which are neither those of Linux nor those of another system. */
export const errno = {
  acces: 2,
  again: 6,
  already: 7,
  badf: 8,
  busy: 10,
  deadlk: 16,
  dquot: 19,
  exist: 20,
  fault: 21,
  fbig: 22,
  ilseq: 25,
  inprogress: 26,
  intr: 27,
  inval: 28,
  io: 29,
  isdir: 31,
  loop: 32,
  mfile: 33,
  mlink: 34,
  msgsize: 35,
  nametoolong: 37,
  nodev: 43,
  noent: 44,
  nolck: 46,
  nomem: 48,
  nospc: 51,
  notdir: 54,
  notempty: 55,
  notrecoverable: 56,
  notsock: 57,
  notsup: 58,
  notty: 59,
  nxio: 60,
  overflow: 61,
  perm: 63,
  pipe: 64,
  rofs: 69,
  spipe: 70,
  txtbsy: 74,
  xdev: 75,
  notcapable: 76,
} as const;

/** Ends a call with an error number. */
class CallFailure {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

/** Ends a call with an error number that the program gets as its result. */
export function fail(name: keyof typeof errno): never {
  // A stack trace would cost more than the whole call, and nobody reads it.
  // oxlint-disable-next-line no-throw-literal
  throw new CallFailure(errno[name]);
}

/** Returns the error number that a program gets for what a call threw; undefined when the program must not go on. */
export function numberOf(thrown: unknown): number | undefined {
  if (thrown instanceof CallFailure) return thrown.number;
  if (thrown instanceof UngrantedPathError) return errno.notcapable;
  if (thrown instanceof FileError) return errno[fileErrors[thrown.code]];
  return undefined;
}

const fileErrors: Readonly<Record<FileErrorCode, keyof typeof errno>> = {
  access: 'acces',
  already: 'already',
  'bad-descriptor': 'badf',
  busy: 'busy',
  'cross-device': 'xdev',
  deadlock: 'deadlk',
  exist: 'exist',
  'file-too-large': 'fbig',
  'illegal-byte-sequence': 'ilseq',
  'in-progress': 'inprogress',
  'insufficient-memory': 'nomem',
  'insufficient-space': 'nospc',
  interrupted: 'intr',
  invalid: 'inval',
  'invalid-seek': 'spipe',
  io: 'io',
  'is-directory': 'isdir',
  loop: 'loop',
  'message-size': 'msgsize',
  'name-too-long': 'nametoolong',
  'no-device': 'nodev',
  'no-entry': 'noent',
  'no-lock': 'nolck',
  'not-recoverable': 'notrecoverable',
  'no-such-device': 'nxio',
  'no-tty': 'notty',
  'not-directory': 'notdir',
  'not-empty': 'notempty',
  'not-permitted': 'perm',
  overflow: 'overflow',
  pipe: 'pipe',
  quota: 'dquot',
  'read-only': 'rofs',
  'text-file-busy': 'txtbsy',
  'too-many-links': 'mlink',
  'too-many-open-files': 'mfile',
  unsupported: 'notsup',
  'would-block': 'again',
};
