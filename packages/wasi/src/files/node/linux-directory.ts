import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  utimesSync,
} from 'node:fs';
import { FileError } from '../file-error.ts';
import type { FileOpening, NodeStat, NodeTimes, OpenDirectory, OpenFile } from '../node.ts';
import { fileErrorOf, withFileErrors } from './file-error-of.ts';
import { closeIfForgotten, closeOwned } from './forgotten-descriptors.ts';
import { checkComponent, HostDirectory } from './host-directory.ts';
import { NodeFile } from './node-file.ts';
import { BIG_INTEGERS, nodeStatOf } from './node-stat.ts';
import { withTimes } from './node-times.ts';
import { openingFlags } from './opening-flags.ts';

/** `O_PATH`, which Node has no name for: a place in the tree, opened without the right to list it. */
const PATH_ONLY = 0o10_000_000;
const DIRECTORY = PATH_ONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * An open directory of Linux. `/proc/self/fd/N/name` leads through the open directory `N`, wherever it is by now, to
 * `name` in it: that is `openat`, which Node does not have.
 */
export class LinuxDirectory extends HostDirectory {
  #fd: number;

  private constructor(fd: number) {
    super();
    this.#fd = fd;
    closeIfForgotten(this, fd);
  }

  /** Opens a path of the host, and follows its symbolic links. */
  static open(path: string): LinuxDirectory {
    return new LinuxDirectory(withFileErrors(() => openSync(path, PATH_ONLY | constants.O_DIRECTORY)));
  }

  stat(): NodeStat {
    return withFileErrors(() => nodeStatOf(fstatSync(this.#opened(), BIG_INTEGERS)));
  }

  setTimes(times: NodeTimes): void {
    withFileErrors(() =>
      withTimes(
        times,
        () => this.stat(),
        (accessed, modified) => utimesSync(this.path(), accessed, modified),
      ),
    );
  }

  sync(withMetadata: boolean): void {
    withFileErrors(() => {
      const fd = openSync(this.path(), constants.O_RDONLY | constants.O_DIRECTORY);
      try {
        if (withMetadata) fsyncSync(fd);
        else fdatasyncSync(fd);
      } finally {
        closeSync(fd);
      }
    });
  }

  close(): void {
    const fd = this.#fd;
    if (fd === -1) return;
    this.#fd = -1;
    withFileErrors(() => closeOwned(this, [fd]));
  }

  reopen(): OpenDirectory {
    return LinuxDirectory.open(this.path());
  }

  openDirectory(name: string): OpenDirectory {
    const path = this.at(name);
    try {
      return new LinuxDirectory(openSync(path, DIRECTORY));
    } catch (error) {
      const cause = fileErrorOf(error);
      // Linux says the same of a file and of a symbolic link.
      throw cause.code === 'not-directory' && isLink(path) ? new FileError('loop', cause.message) : cause;
    }
  }

  openFile(name: string, opening: FileOpening): OpenFile {
    const path = this.at(name);
    const fd = withFileErrors(() => openSync(path, openingFlags(opening), 0o666));
    if (!fstatSync(fd).isDirectory()) return new NodeFile(fd, `/proc/self/fd/${fd}`);
    closeSync(fd);
    throw new FileError('is-directory');
  }

  protected at(name: string): string {
    checkComponent(name);
    return `/proc/self/fd/${this.#opened()}/${name}`;
  }

  protected path(): string {
    return `/proc/self/fd/${this.#opened()}/.`;
  }

  #opened(): number {
    // A closed number may belong to another file by now.
    if (this.#fd === -1) throw new FileError('bad-descriptor', 'the directory is closed');
    return this.#fd;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
