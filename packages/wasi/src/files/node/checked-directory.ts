import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  realpathSync,
  utimesSync,
} from 'node:fs';
import { FileError } from '../file-error.ts';
import type { FileOpening, NodeStat, NodeTimes, OpenDirectory, OpenFile } from '../node.ts';
import { withFileErrors } from './file-error-of.ts';
import { checkComponent, HostDirectory } from './host-directory.ts';
import { NodeFile } from './node-file.ts';
import { BIG_INTEGERS, nodeStatOf } from './node-stat.ts';
import { withTimes } from './node-times.ts';
import { openingFlags } from './opening-flags.ts';
import { guestTargetOf, windowsNameProblem, windowsTargetProblem } from './windows-names.ts';

const READ_ONLY: FileOpening = { read: true, write: false, create: false, exclusive: false, truncate: false };

/**
 * A directory of a system that cannot open a name in an open directory. It keeps its path with device and inode, checks
 * before every use that the path still leads to the same directory, and after opening that it opened what it had
 * checked. A directory that was moved is not found again. Another process that replaces a directory by a link within
 * the moment between check and use can still win; guests themselves cannot, because they do nothing meanwhile.
 */
export class CheckedDirectory extends HostDirectory {
  readonly #path: string;
  readonly #stat: NodeStat;
  readonly #isWindows: boolean;
  #isOpen = true;

  private constructor(path: string, stat: NodeStat, isWindows: boolean) {
    super();
    this.#path = path;
    this.#stat = stat;
    this.#isWindows = isWindows;
  }

  /**
   * Opens a path of the host, and follows its symbolic links.
   *
   * @param isWindows whether names that Windows gives a meaning are refused
   */
  static open(path: string, isWindows: boolean): CheckedDirectory {
    const real = withFileErrors(() => realpathSync.native(path));
    const stat = withFileErrors(() => nodeStatOf(lstatSync(real, BIG_INTEGERS)));
    if (stat.type !== 'directory') throw new FileError('not-directory');
    return new CheckedDirectory(real, stat, isWindows);
  }

  stat(): NodeStat {
    return this.#checked();
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

  sync(): void {
    this.#checked();
    // Windows has no such operation for directories.
    if (this.#isWindows) return;
    withFileErrors(() => {
      const fd = openSync(this.#path, openingFlags(READ_ONLY));
      try {
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
    });
  }

  close(): void {
    this.#isOpen = false;
  }

  reopen(): OpenDirectory {
    return new CheckedDirectory(this.#path, this.#checked(), this.#isWindows);
  }

  openDirectory(name: string): OpenDirectory {
    const path = this.at(name);
    const stat = withFileErrors(() => nodeStatOf(lstatSync(path, BIG_INTEGERS)));
    if (stat.type === 'symbolic-link') throw new FileError('loop');
    if (stat.type !== 'directory') throw new FileError('not-directory');
    this.#checked();
    return new CheckedDirectory(path, stat, this.#isWindows);
  }

  openFile(name: string, opening: FileOpening): OpenFile {
    const path = this.at(name);
    const { create, exclusive, truncate } = opening;
    return withFileErrors(() => {
      const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      if (found !== undefined && create && exclusive) throw new FileError('exist');
      if (found?.isSymbolicLink()) throw new FileError('loop');
      if (found?.isDirectory()) throw new FileError('is-directory');
      // Nothing is created or truncated by a name that has not been checked.
      const isNew = found === undefined && create;
      const write = opening.write || truncate;
      const flags = openingFlags({ ...opening, write, create: isNew, exclusive: isNew, truncate: false });
      const fd = openSync(path, flags, 0o666);
      try {
        const opened = fstatSync(fd, BIG_INTEGERS);
        if (found !== undefined && (found.dev !== opened.dev || found.ino !== opened.ino)) {
          throw new FileError('not-permitted', 'the file was replaced while it was opened');
        }
        this.#checked();
        if (truncate && !isNew) ftruncateSync(fd, 0);
      } catch (error) {
        closeSync(fd);
        throw error;
      }
      return new NodeFile(fd, undefined);
    });
  }

  override readLink(name: string): string {
    const target = super.readLink(name);
    return this.#isWindows ? guestTargetOf(target) : target;
  }

  override makeSymbolicLink(target: string, name: string): void {
    const problem = this.#isWindows ? windowsTargetProblem(target) : undefined;
    if (problem !== undefined) throw new FileError('invalid', `the target of the link: ${problem}`);
    super.makeSymbolicLink(target, name);
  }

  override makeHardLink(name: string, to: OpenDirectory, newName: string): void {
    // Here the system would follow the link, and give a file from anywhere a name in this directory.
    if (this.statAt(name).type === 'symbolic-link') throw new FileError('unsupported');
    super.makeHardLink(name, to, newName);
  }

  protected at(name: string): string {
    checkComponent(name);
    const problem = this.#isWindows ? windowsNameProblem(name) : undefined;
    if (problem !== undefined) throw new FileError('invalid', `\`${name}\`: ${problem}`);
    this.#checked();
    return this.#path.endsWith('/') ? this.#path + name : `${this.#path}/${name}`;
  }

  protected path(): string {
    this.#checked();
    return this.#path;
  }

  /** Returns what the path leads to now. Throws when that is not this directory any more. */
  #checked(): NodeStat {
    if (!this.#isOpen) throw new FileError('bad-descriptor', 'the directory is closed');
    const now = withFileErrors(() => nodeStatOf(lstatSync(this.#path, BIG_INTEGERS)));
    const isSame = now.device === this.#stat.device && now.inode === this.#stat.inode;
    if (now.type === 'directory' && isSame) return now;
    throw new FileError('no-entry', `\`${this.#path}\` is not the directory any more that was opened`);
  }
}
