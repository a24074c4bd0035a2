import { FileError } from '../file-error.ts';
import type { DirectoryEntry, FileOpening, NodeStat, NodeTimes, OpenDirectory, OpenFile } from '../node.ts';
import { MemoryFile } from './memory-file.ts';
import { DirectoryNode, FileNode, LinkNode } from './memory-nodes.ts';
import { checkMove } from './check-move.ts';

/** An open directory in memory. It holds nothing that must be closed. */
export class MemoryDirectory implements OpenDirectory {
  readonly kind = 'directory';
  readonly #node: DirectoryNode;

  constructor(node: DirectoryNode) {
    this.#node = node;
  }

  stat(): NodeStat {
    return this.#node.stat();
  }

  setTimes(times: NodeTimes): void {
    this.#node.times.set(times, this.#node.volume.now());
  }

  sync(): void {
    // Memory is as durable as it gets.
  }

  close(): void {
    // Nothing is held.
  }

  reopen(): OpenDirectory {
    return new MemoryDirectory(this.#node);
  }

  openDirectory(name: string): OpenDirectory {
    const node = this.#node.existing(name);
    if (node.type === 'directory') return new MemoryDirectory(node);
    throw new FileError(node.type === 'symbolic-link' ? 'loop' : 'not-directory');
  }

  openFile(name: string, { create, exclusive, truncate }: FileOpening): OpenFile {
    const found = this.#node.get(name);
    if (found === undefined) {
      if (!create) throw new FileError('no-entry');
      this.#node.checkNew(name);
      const made = new FileNode(this.#node.volume);
      this.#node.add(name, made);
      return new MemoryFile(made);
    }
    if (create && exclusive) throw new FileError('exist');
    if (found.type === 'symbolic-link') throw new FileError('loop');
    if (found.type === 'directory') throw new FileError('is-directory');
    if (truncate) found.setSize(0);
    return new MemoryFile(found);
  }

  statAt(name: string): NodeStat {
    return this.#node.existing(name).stat();
  }

  setTimesAt(name: string, times: NodeTimes): void {
    this.#node.existing(name).times.set(times, this.#node.volume.now());
  }

  readLink(name: string): string {
    const node = this.#node.existing(name);
    if (node.type !== 'symbolic-link') throw new FileError('invalid', 'it is not a symbolic link');
    return node.target;
  }

  entries(): readonly DirectoryEntry[] {
    return Array.from(this.#node.entries(), ([name, { type, inode }]) => ({ name, type, inode }));
  }

  makeDirectory(name: string): void {
    this.#node.checkNew(name);
    this.#node.add(name, new DirectoryNode(this.#node.volume));
  }

  removeDirectory(name: string): void {
    const node = this.#node.existing(name);
    if (node.type !== 'directory') throw new FileError('not-directory');
    if (!node.isEmpty) throw new FileError('not-empty');
    this.#node.remove(name, false);
  }

  unlinkFile(name: string): void {
    if (this.#node.existing(name).type === 'directory') throw new FileError('is-directory');
    this.#node.remove(name, false);
  }

  makeSymbolicLink(target: string, name: string): void {
    this.#node.volume.checkLinks();
    this.#node.checkNew(name);
    const link = new LinkNode(this.#node.volume, target);
    try {
      this.#node.add(name, link);
    } catch (error) {
      this.#node.volume.giveBytes(link.size);
      throw error;
    }
  }

  rename(name: string, to: OpenDirectory, newName: string): void {
    this.#node.volume.checkName(newName);
    const target = this.#sameVolume(to);
    const node = this.#node.existing(name);
    const replaced = target.get(newName);
    // Two names of one file: POSIX leaves both.
    if (node === replaced) return;
    checkMove(node, this.#node, target, replaced);
    // The name that goes makes room for the one that comes.
    if (replaced !== undefined) target.remove(newName, false);
    if (node.type !== 'directory') node.open();
    this.#node.remove(name, true);
    target.add(newName, node);
    if (node.type !== 'directory') node.close();
  }

  makeHardLink(name: string, to: OpenDirectory, newName: string): void {
    this.#node.volume.checkLinks();
    const target = this.#sameVolume(to);
    const node = this.#node.existing(name);
    target.checkNew(newName);
    if (node.type === 'directory') throw new FileError('not-permitted', 'a directory has one name only');
    target.add(newName, node);
  }

  #sameVolume(to: OpenDirectory): DirectoryNode {
    if (to instanceof MemoryDirectory && to.#node.volume === this.#node.volume) return to.#node;
    throw new FileError('cross-device');
  }
}
