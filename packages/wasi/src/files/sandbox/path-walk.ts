import { FileError } from '../file-error.ts';
import type { OpenDirectory } from '../node.ts';
import { checkName, checkPath, isAbsolute } from './guest-path.ts';
import { leavingError, linkOutsideError, outsideError } from './path-refusals.ts';

/** The most symbolic links that one path may expand: the limit of Linux. */
const MOST_LINKS = 40;

/**
 * One path on its way below a directory, component by component. It opens each directory on the way and keeps it, so
 * `..` goes back to the directory that was passed, whatever happens to names meanwhile. It expands symbolic links
 * itself; the file system never follows one.
 */
export class PathWalk {
  /**
   * The last component, as a name in `directory`; empty when the path ends with `.`, `..` or a slash, and so names
   * `directory` itself.
   */
  name = '';
  readonly #base: OpenDirectory;
  readonly #asked: () => string;
  readonly #passed: OpenDirectory[] = [];
  /** The components that are left, the next one last. */
  #pending: string[] = [];
  #links = 0;

  /**
   * @param asked the guest's absolute path, for reports
   */
  constructor(base: OpenDirectory, asked: () => string) {
    this.#base = base;
    this.#asked = asked;
  }

  /** The directory that the walk has reached. */
  get directory(): OpenDirectory {
    return this.#passed.at(-1) ?? this.#base;
  }

  /** Walks until the last component. */
  start(path: string): void {
    checkPath(path);
    if (isAbsolute(path)) throw outsideError(this.#asked());
    if (path.includes('/') || path === '.' || path === '..') {
      this.#push(path);
      this.#walk();
      return;
    }
    checkName(path);
    this.name = path;
  }

  /** Expands the symbolic link that the last component is, and walks until the last component of its target. */
  followLink(): void {
    this.#expand(this.name);
    this.#walk();
  }

  /** Returns the directory that the walk has reached, open on its own. */
  takeDirectory(): OpenDirectory {
    return this.#passed.pop() ?? this.#base.reopen();
  }

  close(): void {
    for (const directory of this.#passed.splice(0)) directory.close();
  }

  #walk(): void {
    this.name = '';
    for (let part = this.#pending.pop(); part !== undefined; part = this.#pending.pop()) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        this.#leave();
        continue;
      }
      checkName(part);
      if (this.#pending.length === 0) {
        this.name = part;
        return;
      }
      this.#enter(part);
    }
  }

  #enter(name: string): void {
    try {
      this.#passed.push(this.directory.openDirectory(name));
    } catch (error) {
      if (!(error instanceof FileError) || error.code !== 'loop') throw error;
      this.#expand(name);
    }
  }

  #leave(): void {
    const left = this.#passed.pop();
    // A path that leaves is refused even if it comes back, because its way would tell what is outside.
    if (left === undefined)
      throw this.#links === 0 ? leavingError(this.#asked()) : linkOutsideError(this.#asked());
    left.close();
  }

  #expand(name: string): void {
    this.#links++;
    if (this.#links > MOST_LINKS) {
      throw new FileError('loop', `the path has more than ${MOST_LINKS} symbolic links`);
    }
    const target = this.directory.readLink(name);
    if (isAbsolute(target)) throw linkOutsideError(this.#asked());
    checkPath(target);
    this.#push(target);
  }

  #push(path: string): void {
    this.#pending.push(...path.split('/').toReversed());
  }
}
