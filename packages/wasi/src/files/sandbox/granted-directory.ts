import type { Descriptor, DirectoryDescriptor, PathOpening } from '../descriptor.ts';
import { FileError } from '../file-error.ts';
import type { DirectoryEntry, NodeStat, NodeTimes, OpenDirectory, OpenFile } from '../node.ts';
import { GrantedFile } from './granted-file.ts';
import { absoluteGuestPath, checkPath, isAbsolute, withoutTrailingSlashes } from './guest-path.ts';
import { checkNewName, openLast, statLast } from './last-component.ts';
import type { OpenDescriptors } from './open-descriptors.ts';
import { type DirectoryOrigin, readOnlyError } from './path-refusals.ts';
import { PathWalk } from './path-walk.ts';
import { RefusingRoot } from './refusing-root.ts';

/**
 * Makes the descriptor of a granted directory, which closes `directory` when it is closed.
 *
 * @throws FileError `too-many-open-files`
 */
export function grantedDirectory(
  directory: OpenDirectory,
  origin: DirectoryOrigin,
  descriptors: OpenDescriptors,
): DirectoryDescriptor {
  return new GrantedDirectory(directory, {
    origin,
    guest: origin.guest,
    mayMutate: origin.write,
    descriptors,
  });
}

/** What the descriptor of a directory knows besides its directory. */
interface DirectoryContext {
  readonly origin: DirectoryOrigin;
  /** The guest's absolute path under which it was opened, for reports. */
  readonly guest: string;
  /** What the descriptor reports. What it may do depends on the grant alone: see `DirectoryDescriptor`. */
  readonly mayMutate: boolean;
  readonly descriptors: OpenDescriptors;
}

/** A granted directory, or one that was opened below it. */
class GrantedDirectory implements DirectoryDescriptor {
  readonly kind = 'directory';
  readonly mayMutate: boolean;
  readonly #context: DirectoryContext;
  #directory: OpenDirectory | undefined;

  constructor(directory: OpenDirectory, context: DirectoryContext) {
    this.mayMutate = context.mayMutate;
    this.#directory = directory;
    this.#context = context;
    context.descriptors.add(this);
  }

  openAt(path: string, opening: PathOpening): Descriptor {
    const { create, directory, exclusive, truncate, write, mutate } = opening;
    if (directory && (create || exclusive || truncate)) {
      throw new FileError('invalid', 'a directory cannot be created or truncated by opening it');
    }
    if (create || truncate || write || mutate) this.#checkMutable(path);
    this.#context.descriptors.checkRoom();
    return this.#walk(path, (walk) => {
      for (;;) {
        if (walk.name === '' && create && exclusive) throw new FileError('exist');
        if (walk.name === '') return this.#descriptorOf(walk.takeDirectory(), path, opening);
        const node = openLast(walk, opening);
        if (node !== undefined) return this.#descriptorOf(node, path, opening);
        walk.followLink();
      }
    });
  }

  statAt(path: string, follow: boolean): NodeStat {
    return this.#walk(path, (walk) => statLast(walk, follow) ?? walk.directory.stat());
  }

  setTimesAt(path: string, follow: boolean, times: NodeTimes): void {
    this.#checkMutable(path);
    this.#walk(path, (walk) => {
      if (statLast(walk, follow) === undefined) walk.directory.setTimes(times);
      else walk.directory.setTimesAt(walk.name, times);
    });
  }

  readLinkAt(path: string): string {
    const target = this.#walk(path, (walk) => {
      if (walk.name === '') throw new FileError('invalid', 'a directory is not a symbolic link');
      return walk.directory.readLink(walk.name);
    });
    if (isAbsolute(target)) throw new FileError('not-permitted', 'the target of the link is absolute');
    return target;
  }

  makeDirectoryAt(path: string): void {
    this.#checkMutable(path);
    this.#walk(withoutTrailingSlashes(path), (walk) => {
      if (walk.name === '') throw new FileError('exist');
      walk.directory.makeDirectory(walk.name);
    });
  }

  removeDirectoryAt(path: string): void {
    this.#checkMutable(path);
    this.#walk(withoutTrailingSlashes(path), (walk) => {
      // POSIX wants `invalid` for a final dot, and a directory that `..` reaches has at least one entry.
      if (walk.name === '') throw new FileError(/(?:^|\/)\.\/*$/u.test(path) ? 'invalid' : 'not-empty');
      walk.directory.removeDirectory(walk.name);
    });
  }

  unlinkFileAt(path: string): void {
    this.#checkMutable(path);
    this.#walk(withoutTrailingSlashes(path), (walk) => {
      if (walk.name === '') throw new FileError('is-directory');
      if (path.endsWith('/') && walk.directory.statAt(walk.name).type !== 'directory') {
        throw new FileError('not-directory');
      }
      walk.directory.unlinkFile(walk.name);
    });
  }

  symlinkAt(target: string, path: string): void {
    this.#checkMutable(path);
    if (isAbsolute(target)) throw new FileError('not-permitted', 'the target of a link must be relative');
    checkPath(target);
    this.#walk(withoutTrailingSlashes(path), (walk) => {
      checkNewName(walk, path);
      walk.directory.makeSymbolicLink(target, walk.name);
    });
  }

  renameAt(path: string, to: DirectoryDescriptor, newPath: string): void {
    const target = GrantedDirectory.#of(to, newPath);
    this.#checkMutable(path);
    target.#checkMutable(newPath);
    const mustBeDirectory = path.endsWith('/') || newPath.endsWith('/');
    this.#walk(withoutTrailingSlashes(path), (old) =>
      target.#walk(withoutTrailingSlashes(newPath), (walk) => {
        if (old.name === '' || walk.name === '') throw new FileError('busy');
        if (mustBeDirectory && old.directory.statAt(old.name).type !== 'directory') {
          throw new FileError('not-directory');
        }
        old.directory.rename(old.name, walk.directory, walk.name);
      }),
    );
  }

  linkAt(path: string, follow: boolean, to: DirectoryDescriptor, newPath: string): void {
    const target = GrantedDirectory.#of(to, newPath);
    // A second name in a directory that may be changed would make a file writable that is not.
    this.#checkMutable(path);
    target.#checkMutable(newPath);
    this.#walk(path, (old) => {
      const stat = statLast(old, follow);
      if (stat === undefined || stat.type === 'directory') {
        throw new FileError('not-permitted', 'a directory has one name only');
      }
      target.#walk(withoutTrailingSlashes(newPath), (walk) => {
        checkNewName(walk, newPath);
        old.directory.makeHardLink(old.name, walk.directory, walk.name);
      });
    });
  }

  entries(withInodes = false): readonly DirectoryEntry[] {
    return this.#opened().entries(withInodes);
  }

  stat(): NodeStat {
    return this.#opened().stat();
  }

  setTimes(times: NodeTimes): void {
    this.#checkMutable('.');
    this.#opened().setTimes(times);
  }

  sync(withMetadata: boolean): void {
    this.#opened().sync(withMetadata);
  }

  close(): void {
    const directory = this.#directory;
    if (directory === undefined) return;
    this.#directory = undefined;
    this.#context.descriptors.remove(this);
    directory.close();
  }

  static #of(descriptor: DirectoryDescriptor, path: string): GrantedDirectory {
    if (descriptor instanceof GrantedDirectory) return descriptor;
    if (descriptor instanceof RefusingRoot) throw descriptor.refused(path);
    throw new FileError('cross-device');
  }

  #walk<T>(path: string, action: (walk: PathWalk) => T): T {
    const walk = new PathWalk(this.#opened(), () => absoluteGuestPath(this.#context.guest, path));
    try {
      walk.start(path);
      return action(walk);
    } finally {
      walk.close();
    }
  }

  #descriptorOf(node: OpenDirectory | OpenFile, path: string, opening: PathOpening): Descriptor {
    const { descriptors, origin } = this.#context;
    const { create, truncate, read, write, mutate } = opening;
    if (node.kind === 'file') {
      const readOnly = origin.write ? undefined : () => readOnlyError(origin, this.#context.guest, path);
      return new GrantedFile(node, { read, write, readOnly }, descriptors);
    }
    if (create || truncate || write) {
      node.close();
      throw new FileError('is-directory');
    }
    const guest = absoluteGuestPath(this.#context.guest, path);
    return new GrantedDirectory(node, { origin, guest, mayMutate: mutate, descriptors });
  }

  #checkMutable(path: string): void {
    const { origin, guest } = this.#context;
    if (origin.write) return;
    checkPath(path);
    throw readOnlyError(origin, guest, path);
  }

  #opened(): OpenDirectory {
    if (this.#directory === undefined) throw new FileError('bad-descriptor', 'the directory is closed');
    return this.#directory;
  }
}
