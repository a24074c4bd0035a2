import type { DirectoryEntry } from '../../files/node.ts';
import type { CallContext } from '../call-context.ts';
import { fail } from '../errno.ts';
import { utf8 } from '../program-memory.ts';
import type { OpenedDirectory } from '../opened.ts';
import { FILETYPE, SIZE } from '../structures.ts';

const PREOPENTYPE_DIR = 0;

/** The preopened directories, and what is in a directory. */
export function directoryFunctions({ memory, table }: CallContext) {
  const preopened = (fd: number): Uint8Array<ArrayBuffer> => {
    const opened = table.getForPaths(fd);
    // libc looks for preopened directories until it gets this error.
    return (opened.kind === 'directory' ? opened.preopened : undefined) ?? fail('badf');
  };

  return {
    fd_prestat_get(fd: number, pointer: number): void {
      const { length } = preopened(fd);
      memory.clear(pointer, SIZE.prestat);
      memory.setU8(pointer, PREOPENTYPE_DIR);
      memory.setU32(pointer + 4, length);
    },

    fd_prestat_dir_name(fd: number, pointer: number, length: number): void {
      const path = preopened(fd);
      if (length >>> 0 < path.length) fail('nametoolong');
      memory.setBytes(pointer, path);
    },

    /**
     * Writes entries from a cookie on until the buffer is full. The last one may be cut off, because a program takes a
     * buffer that is not full for the end of the directory.
     */
    fd_readdir(fd: number, pointer: number, length: number, cookie: bigint, result: number): void {
      const buffer = memory.bytes(pointer, length);
      memory.check(result, 4);
      const entries = listingOf(table.directory(fd), cookie);
      let used = 0;
      const header = new DataView(new ArrayBuffer(SIZE.dirent));
      for (let at = Number(cookie); at < entries.length && used < buffer.length; at++) {
        const { name, type, inode } = entries[at]!;
        const bytes = utf8(name);
        header.setBigUint64(0, BigInt(at + 1), true);
        header.setBigUint64(8, inode, true);
        header.setUint32(16, bytes.length, true);
        header.setUint8(20, FILETYPE[type]);
        used += put(buffer, used, new Uint8Array(header.buffer));
        used += put(buffer, used, bytes);
      }
      memory.setU32(result, used);
    },
  };
}

/** Returns the entries as they were when the program began to read the directory. A cookie is an index in it. */
function listingOf(opened: OpenedDirectory, cookie: bigint): readonly DirectoryEntry[] {
  if (cookie < 0n) fail('inval');
  if (cookie !== 0n && opened.listing !== undefined) return opened.listing;
  const { inode } = opened.descriptor.stat();
  // The parent may be one that the program does not see, so that its number is not told.
  const dots = ['.', '..'].map((name): DirectoryEntry => ({ name, type: 'directory', inode }));
  return (opened.listing = [...dots, ...opened.descriptor.entries(true)]);
}

/** Copies as much as there is room for, and returns how much that is. */
function put(buffer: Uint8Array, at: number, bytes: Uint8Array): number {
  const room = Math.min(bytes.length, buffer.length - at);
  buffer.set(room === bytes.length ? bytes : bytes.subarray(0, room), at);
  return room;
}
