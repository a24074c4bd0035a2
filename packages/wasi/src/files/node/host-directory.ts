import {
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { FileError } from '../file-error.ts';
import type { DirectoryEntry, FileOpening, NodeStat, NodeTimes, OpenDirectory, OpenFile } from '../node.ts';
import { fileErrorOf, withFileErrors } from './file-error-of.ts';
import { BIG_INTEGERS, nodeStatOf, nodeTypeOf } from './node-stat.ts';
import { withTimes } from './node-times.ts';

/** What all directories of the host share: their functions over a path that leads to a name in the directory. */
export abstract class HostDirectory implements OpenDirectory {
  readonly kind = 'directory';

  abstract stat(): NodeStat;
  abstract setTimes(times: NodeTimes): void;
  abstract sync(withMetadata: boolean): void;
  abstract close(): void;
  abstract reopen(): OpenDirectory;
  abstract openDirectory(name: string): OpenDirectory;
  abstract openFile(name: string, opening: FileOpening): OpenFile;

  /**
   * Returns a path that leads to a name in this directory, and to nothing else, as long as the name is not a symbolic
   * link that a function follows. Throws for a name that is more than one component.
   */
  protected abstract at(name: string): string;
  /** Returns a path that leads to the directory, also for functions that do not follow symbolic links. */
  protected abstract path(): string;

  statAt(name: string): NodeStat {
    return withFileErrors(() => nodeStatOf(lstatSync(this.at(name), BIG_INTEGERS)));
  }

  setTimesAt(name: string, times: NodeTimes): void {
    withFileErrors(() =>
      withTimes(
        times,
        () => this.statAt(name),
        (accessed, modified) => lutimesSync(this.at(name), accessed, modified),
      ),
    );
  }

  readLink(name: string): string {
    const bytes = withFileErrors(() => readlinkSync(this.at(name), { encoding: 'buffer' }));
    const target = textOf(bytes);
    if (target !== undefined) return target;
    throw new FileError('illegal-byte-sequence', 'the target of the link is not Unicode');
  }

  entries(withInodes: boolean): readonly DirectoryEntry[] {
    return withFileErrors(() => {
      const found = readdirSync(this.path(), { withFileTypes: true });
      const unicode = found.some(({ name }) => name.includes('\ufffd')) ? this.#unicodeNames() : undefined;
      const entries: DirectoryEntry[] = [];
      for (const entry of found) {
        const { name } = entry;
        if (unicode !== undefined && !unicode.has(name)) continue;
        entries.push({ name, type: nodeTypeOf(entry), inode: withInodes ? this.#inodeOf(name) : 0n });
      }
      return entries;
    });
  }

  makeDirectory(name: string): void {
    withFileErrors(() => mkdirSync(this.at(name)));
  }

  removeDirectory(name: string): void {
    withFileErrors(() => rmdirSync(this.at(name)));
  }

  unlinkFile(name: string): void {
    try {
      unlinkSync(this.at(name));
    } catch (error) {
      const cause = fileErrorOf(error);
      // Linux says that it is a directory, other systems that it is not permitted.
      const isVague = cause.code === 'not-permitted' && this.statAt(name).type === 'directory';
      throw isVague ? new FileError('is-directory', cause.message) : cause;
    }
  }

  makeSymbolicLink(target: string, name: string): void {
    withFileErrors(() => symlinkSync(target, this.at(name)));
  }

  rename(name: string, to: OpenDirectory, newName: string): void {
    if (!(to instanceof HostDirectory)) throw new FileError('cross-device');
    withFileErrors(() => renameSync(this.at(name), to.at(newName)));
  }

  makeHardLink(name: string, to: OpenDirectory, newName: string): void {
    if (!(to instanceof HostDirectory)) throw new FileError('cross-device');
    withFileErrors(() => linkSync(this.at(name), to.at(newName)));
  }

  /** The names that are Unicode, because Node shows the others with replacement characters. */
  #unicodeNames(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const bytes of readdirSync(this.path(), { encoding: 'buffer' })) {
      const name = textOf(bytes);
      if (name !== undefined) names.add(name);
    }
    return names;
  }

  /** Returns 0 for an entry that was removed meanwhile. */
  #inodeOf(name: string): bigint {
    const stats = lstatSync(this.at(name), { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? 0n : stats.ino;
  }
}

/** Throws unless a name is a single component: the callers above promise it, and everything depends on it. */
export function checkComponent(name: string): void {
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) {
    throw new FileError('invalid', 'the name is not a single component');
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
