import type { CallContext } from '../call-context.ts';
import { fail } from '../errno.ts';
import { FDFLAGS, type Opened, type OpenedFile } from '../opened.ts';
import { rightsOf } from '../rights.ts';
import { newTimes } from '../new-times.ts';
import { FILETYPE, SIZE, unsignedOffset, writeFilestat } from '../structures.ts';

const MOST_OFFSET = Number.MAX_SAFE_INTEGER;
const WHENCE = { set: 0, cur: 1, end: 2 } as const;
const LAST_ADVICE = 5;

/** What a descriptor is, and what changes it: flags, offset, size, times. */
export function descriptorFunctions({ system, memory, table }: CallContext) {
  return {
    fd_close: (fd: number): void => table.close(fd),

    fd_renumber: (from: number, to: number): void => table.renumber(from, to),

    // libc looks at the rights of a directory before it opens a path below it.
    fd_fdstat_get(fd: number, pointer: number): void {
      const opened = table.getForPaths(fd);
      memory.clear(pointer, SIZE.fdstat);
      memory.setU8(pointer, filetypeOf(opened));
      memory.setU16(pointer + 2, opened.kind === 'directory' ? 0 : opened.flags);
      const { base, inheriting } = rightsOf(opened);
      memory.setU64(pointer + 8, base);
      memory.setU64(pointer + 16, inheriting);
    },

    fd_fdstat_set_flags(fd: number, flags: number): void {
      const opened = table.get(fd);
      if (opened.kind === 'directory') fail('badf');
      if ((flags & ~(FDFLAGS.append | FDFLAGS.nonblock)) !== 0) fail('inval');
      // Whether writes are synchronous is decided when a file is opened.
      opened.flags = flags | (opened.flags & (FDFLAGS.dsync | FDFLAGS.rsync | FDFLAGS.sync));
    },

    /** Rights only describe, so that to give one up would change nothing. */
    fd_fdstat_set_rights(fd: number, _base: bigint, _inheriting: bigint): void {
      table.get(fd);
      fail('notsup');
    },

    fd_filestat_get(fd: number, pointer: number): void {
      const opened = table.get(fd);
      if (opened.kind === 'file' || opened.kind === 'directory') {
        writeFilestat(memory, pointer, opened.descriptor.stat());
        return;
      }
      memory.clear(pointer, SIZE.filestat);
      memory.setU8(pointer + 16, filetypeOf(opened));
    },

    fd_filestat_set_size(fd: number, size: bigint): void {
      table.file(fd).descriptor.setSize(unsignedOffset(size));
    },

    fd_filestat_set_times(fd: number, accessed: bigint, modified: bigint, flags: number): void {
      const opened = table.get(fd);
      if (opened.kind !== 'file' && opened.kind !== 'directory') fail('badf');
      opened.descriptor.setTimes(newTimes(system, accessed, modified, flags));
    },

    fd_seek(fd: number, offset: bigint, whence: number, pointer: number): void {
      const opened = table.file(fd);
      memory.check(pointer, 8);
      const position = startOf(opened, whence) + Number(offset);
      if (position < 0 || position > MOST_OFFSET) fail('inval');
      opened.offset = position;
      memory.setU64(pointer, BigInt(position));
    },

    fd_tell(fd: number, pointer: number): void {
      memory.setU64(pointer, BigInt(table.file(fd).offset));
    },

    /** A hint, which this host does not need. */
    fd_advise(fd: number, _offset: bigint, _length: bigint, advice: number): void {
      table.file(fd);
      if (advice >>> 0 > LAST_ADVICE) fail('inval');
    },

    /** Makes the file as long as the range needs, and never shorter. Room on the disk is not reserved. */
    fd_allocate(fd: number, offset: bigint, length: bigint): void {
      const { descriptor } = table.file(fd);
      if (!descriptor.mayWrite) fail('badf');
      if (length === 0n) fail('inval');
      const end = unsignedOffset(offset) + unsignedOffset(length);
      if (end > MOST_OFFSET) fail('fbig');
      if (Number(descriptor.stat().size) < end) descriptor.setSize(end);
    },

    fd_datasync: (fd: number): void => sync(table.get(fd), false),
    fd_sync: (fd: number): void => sync(table.get(fd), true),
  };
}

function filetypeOf(opened: Opened): number {
  switch (opened.kind) {
    case 'file':
      return FILETYPE[opened.descriptor.stat().type];
    case 'directory':
      return FILETYPE.directory;
    case 'input':
      return opened.source.isTerminal ? FILETYPE['character-device'] : FILETYPE.unknown;
    case 'output':
      return opened.sink.isTerminal ? FILETYPE['character-device'] : FILETYPE.unknown;
  }
}

function startOf(opened: OpenedFile, whence: number): number {
  switch (whence) {
    case WHENCE.set:
      return 0;
    case WHENCE.cur:
      return opened.offset;
    case WHENCE.end:
      return Number(opened.descriptor.stat().size);
    default:
      return fail('inval');
  }
}

function sync(opened: Opened, withMetadata: boolean): void {
  // As on Linux, where only what lies on a disk can be synchronized with it.
  if (opened.kind !== 'file' && opened.kind !== 'directory') fail('inval');
  opened.descriptor.sync(withMetadata);
}
