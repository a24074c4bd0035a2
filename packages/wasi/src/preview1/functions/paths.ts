import type { CallContext } from '../call-context.ts';
import { utf8 } from '../program-memory.ts';
import { newTimes } from '../new-times.ts';
import { FDFLAGS, OpenedDirectory, OpenedFile } from '../opened.ts';
import { RIGHTS } from '../rights.ts';
import { writeFilestat } from '../structures.ts';

const SYMLINK_FOLLOW = 1;
const OFLAGS = { creat: 1, directory: 2, excl: 4, trunc: 8 } as const;

/** What has a path. All paths are relative to an open directory, which resolves them and never leaves itself. */
export function pathFunctions({ system, memory, table }: CallContext) {
  const directory = (fd: number) => table.directoryForPaths(fd);

  return {
    path_open(
      fd: number,
      lookup: number,
      path: number,
      length: number,
      oflags: number,
      rights: bigint,
      _inheriting: bigint,
      fdflags: number,
      result: number,
    ): void {
      const parent = directory(fd);
      memory.check(result, 4);
      const create = (oflags & OFLAGS.creat) !== 0;
      const mustBeDirectory = (oflags & OFLAGS.directory) !== 0;
      const write = (rights & RIGHTS.fdWrite) !== 0n;
      const descriptor = parent.openAt(memory.text(path, length), {
        follow: (lookup & SYMLINK_FOLLOW) !== 0,
        create,
        directory: mustBeDirectory,
        exclusive: create && (oflags & OFLAGS.excl) !== 0,
        truncate: (oflags & OFLAGS.trunc) !== 0,
        // Only these two rights count. A program that asks for neither may read.
        read: !write || (rights & RIGHTS.fdRead) !== 0n,
        // Programs ask for all rights that there are when they open a directory.
        write: write && !mustBeDirectory,
        mutate: parent.mayMutate,
      });
      const opened =
        descriptor.kind === 'directory'
          ? new OpenedDirectory(descriptor)
          : new OpenedFile(
              descriptor,
              fdflags & (FDFLAGS.append | FDFLAGS.dsync | FDFLAGS.nonblock | FDFLAGS.rsync | FDFLAGS.sync),
            );
      memory.setU32(result, table.add(opened));
    },

    path_filestat_get(fd: number, lookup: number, path: number, length: number, result: number): void {
      const follow = (lookup & SYMLINK_FOLLOW) !== 0;
      writeFilestat(memory, result, directory(fd).statAt(memory.text(path, length), follow));
    },

    path_filestat_set_times(
      fd: number,
      lookup: number,
      path: number,
      length: number,
      accessed: bigint,
      modified: bigint,
      flags: number,
    ): void {
      const times = newTimes(system, accessed, modified, flags);
      directory(fd).setTimesAt(memory.text(path, length), (lookup & SYMLINK_FOLLOW) !== 0, times);
    },

    path_create_directory(fd: number, path: number, length: number): void {
      directory(fd).makeDirectoryAt(memory.text(path, length));
    },

    path_remove_directory(fd: number, path: number, length: number): void {
      directory(fd).removeDirectoryAt(memory.text(path, length));
    },

    path_unlink_file(fd: number, path: number, length: number): void {
      directory(fd).unlinkFileAt(memory.text(path, length));
    },

    path_rename(
      fd: number,
      path: number,
      length: number,
      to: number,
      newPath: number,
      newLength: number,
    ): void {
      directory(fd).renameAt(memory.text(path, length), directory(to), memory.text(newPath, newLength));
    },

    path_link(
      fd: number,
      lookup: number,
      path: number,
      length: number,
      to: number,
      newPath: number,
      newLength: number,
    ): void {
      const follow = (lookup & SYMLINK_FOLLOW) !== 0;
      directory(fd).linkAt(memory.text(path, length), follow, directory(to), memory.text(newPath, newLength));
    },

    path_symlink(target: number, targetLength: number, fd: number, path: number, length: number): void {
      directory(fd).symlinkAt(memory.text(target, targetLength), memory.text(path, length));
    },

    /** Writes as much of the target as there is room for, as POSIX does. */
    path_readlink(
      fd: number,
      path: number,
      length: number,
      buffer: number,
      bufferLength: number,
      result: number,
    ): void {
      memory.check(result, 4);
      const room = memory.bytes(buffer, bufferLength);
      const target = utf8(directory(fd).readLinkAt(memory.text(path, length)));
      const used = Math.min(target.length, room.length);
      room.set(target.subarray(0, used));
      memory.setU32(result, used);
    },
  };
}
