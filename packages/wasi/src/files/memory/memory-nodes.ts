import { FileError } from '../file-error.ts';
import type { NodeStat, NodeType } from '../node.ts';
import { MemoryTimes, type MemoryVolume } from './memory-volume.ts';

/** What every node in memory has. */
abstract class MemoryNodeBase {
  abstract readonly type: NodeType;
  readonly volume: MemoryVolume;
  readonly inode: bigint;
  readonly times: MemoryTimes;

  constructor(volume: MemoryVolume) {
    this.volume = volume;
    this.inode = volume.newInode();
    this.times = new MemoryTimes(volume.now());
  }

  abstract get size(): number;
  abstract get links(): number;

  stat(): NodeStat {
    return {
      type: this.type,
      device: this.volume.device,
      inode: this.inode,
      links: BigInt(this.links),
      size: BigInt(this.size),
      accessed: this.times.accessed,
      modified: this.times.modified,
      changed: this.times.changed,
    };
  }

  touch(): void {
    this.times.touch(this.volume.now());
  }

  /** Sets the time of the last change of the node itself, such as of its number of names. */
  touchNode(): void {
    this.times.changed = this.volume.now();
  }
}

/** A node that can have several names. Its bytes are given back when it has none, and nobody has it open. */
abstract class LinkedNode extends MemoryNodeBase {
  links = 0;
  #handles = 0;

  addName(): void {
    this.links++;
    this.touchNode();
  }

  removeName(): void {
    this.links--;
    this.touchNode();
    this.#release();
  }

  open(): void {
    this.#handles++;
  }

  close(): void {
    this.#handles--;
    this.#release();
  }

  protected abstract free(): void;

  #release(): void {
    if (this.links === 0 && this.#handles === 0) this.free();
  }
}

/** A file in memory. */
export class FileNode extends LinkedNode {
  readonly type = 'regular-file';
  size = 0;
  #bytes = new Uint8Array();
  #version = 0;

  /** Counts the changes of the contents. */
  get version(): number {
    return this.#version;
  }

  /** The contents; valid until the next change. */
  get contents(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.size);
  }

  read(bytes: Uint8Array, position: number): number {
    const end = Math.min(this.size, position + bytes.length);
    if (position >= end) return 0;
    bytes.set(this.#bytes.subarray(position, end));
    return end - position;
  }

  /** Writes as much as there is room for. Throws `insufficient-space` when that is nothing. */
  write(bytes: Uint8Array, position: number): number {
    if (bytes.length === 0) return 0;
    const end = Math.min(position + bytes.length, this.size + this.volume.room);
    if (end <= position) throw new FileError('insufficient-space');
    if (end > this.size) this.#resize(end);
    this.#bytes.set(bytes.subarray(0, end - position), position);
    this.#changed();
    return end - position;
  }

  setSize(size: number): void {
    this.#resize(size);
    this.#changed();
  }

  protected free(): void {
    this.#resize(0);
  }

  #changed(): void {
    this.#version++;
    this.touch();
  }

  #resize(size: number): void {
    if (size > this.size) this.volume.takeBytes(size - this.size);
    else this.volume.giveBytes(this.size - size);
    try {
      this.#reserve(size);
    } catch (error) {
      this.volume.giveBytes(size - this.size);
      throw new FileError('insufficient-memory', error instanceof Error ? error.message : String(error));
    }
    // What is cut off must read as zero if the file grows again.
    if (size < this.size) this.#bytes.fill(0, size, this.size);
    this.size = size;
  }

  /** Keeps room for at most twice the size, so that the limit of the volume limits the memory too. */
  #reserve(size: number): void {
    const capacity = this.#bytes.length;
    if (size <= capacity && size * 2 >= capacity) return;
    const grown = size > capacity ? Math.max(size, Math.min(capacity * 2, size * 2)) : size;
    const bytes = new Uint8Array(grown);
    bytes.set(this.#bytes.subarray(0, Math.min(size, this.size)));
    this.#bytes = bytes;
  }
}

/** A symbolic link in memory. */
export class LinkNode extends LinkedNode {
  readonly type = 'symbolic-link';
  readonly target: string;
  readonly size: number;

  constructor(volume: MemoryVolume, target: string) {
    super(volume);
    this.target = target;
    this.size = new TextEncoder().encode(target).length;
    volume.takeBytes(this.size);
  }

  protected free(): void {
    this.volume.giveBytes(this.size);
  }
}

/** A directory in memory. Its names have a map of their own, so that none can be taken for a property. */
export class DirectoryNode extends MemoryNodeBase {
  readonly type = 'directory';
  readonly size = 0;
  /** The directory that has it; `undefined` for the root, and once it was removed. */
  parent: DirectoryNode | undefined;
  isRemoved = false;
  readonly #entries = new Map<string, MemoryNode>();
  #directories = 0;

  /** Its own name, its `.`, and the `..` of each directory in it, as on other systems. */
  get links(): number {
    return this.isRemoved ? 0 : 2 + this.#directories;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get(name: string): MemoryNode | undefined {
    return this.#entries.get(name);
  }

  /** Throws `no-entry` when there is nothing of this name. */
  existing(name: string): MemoryNode {
    const node = this.#entries.get(name);
    if (node === undefined) throw new FileError('no-entry');
    return node;
  }

  entries(): IterableIterator<[string, MemoryNode]> {
    return this.#entries.entries();
  }

  /** Throws unless a name can be added: `exist`, `invalid`, or `no-entry` in a directory that was removed. */
  checkNew(name: string): void {
    this.volume.checkName(name);
    if (this.#entries.has(name)) throw new FileError('exist');
    if (this.isRemoved) throw new FileError('no-entry', 'the directory was removed');
  }

  /** Adds a node under a name that is not there. Throws `insufficient-space`. */
  add(name: string, node: MemoryNode): void {
    this.volume.takeName();
    this.#entries.set(name, node);
    if (node.type === 'directory') {
      node.parent = this;
      this.#directories++;
    } else {
      node.addName();
    }
    this.touch();
  }

  /** Removes a name, and says whether the node goes on under another name. */
  remove(name: string, isMoved: boolean): void {
    const node = this.existing(name);
    this.#entries.delete(name);
    this.volume.giveName();
    if (node.type === 'directory') {
      this.#directories--;
      node.parent = undefined;
      node.isRemoved = !isMoved;
    } else {
      node.removeName();
    }
    this.touch();
  }
}

/** What a name in memory stands for. */
export type MemoryNode = FileNode | LinkNode | DirectoryNode;
