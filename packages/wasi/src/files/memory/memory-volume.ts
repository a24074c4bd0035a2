import { FileError } from '../file-error.ts';
import type { NodeTimes } from '../node.ts';

/** What a file system in memory may hold, and where its times come from. */
export interface MemoryOptions {
  /** The most bytes of all files and targets of links together; 256 MiB by default. */
  readonly bytes?: number;
  /** The most names in all directories together; 65,536 by default. */
  readonly names?: number;
  /** Nanoseconds since 1970, for the times of files; by default the clock of the host, which guests can read by it. */
  readonly now?: () => bigint;
}

/** What a volume keeps its programs from, because the place where its contents are saved cannot hold it. */
export interface VolumeRules {
  readonly hasLinks: boolean;
  /** Whether a node may have this name. */
  readonly allows: (name: string) => boolean;
}

const ANYTHING: VolumeRules = { hasLinks: true, allows: () => true };

/** How many file systems this thread has made: each has a device number of its own. */
let volumes = 0n;

/** One file system in memory: what its nodes use together. */
export class MemoryVolume {
  /** Counts down from the greatest number, because hosts count devices from below. */
  readonly device: bigint;
  readonly #bytes: number;
  readonly #names: number;
  readonly #now: () => bigint;
  readonly #rules: VolumeRules;
  #usedBytes = 0;
  #usedNames = 0;
  #inodes = 0n;

  constructor(options: MemoryOptions, rules = ANYTHING) {
    volumes++;
    this.device = 2n ** 64n - volumes;
    this.#bytes = options.bytes ?? 268_435_456;
    this.#names = options.names ?? 65_536;
    this.#now = options.now ?? (() => BigInt(Date.now()) * 1_000_000n);
    this.#rules = rules;
  }

  /** Throws `unsupported` when the volume has no symbolic and no hard links. */
  checkLinks(): void {
    if (!this.#rules.hasLinks) throw new FileError('unsupported', 'this directory has no links');
  }

  /** Throws `invalid` for a name that nothing in the volume may have. */
  checkName(name: string): void {
    if (!this.#rules.allows(name)) throw new FileError('invalid', 'this directory cannot have such a name');
  }

  now(): bigint {
    return this.#now();
  }

  newInode(): bigint {
    this.#inodes++;
    return this.#inodes;
  }

  /** How many bytes are left. */
  get room(): number {
    return this.#bytes - this.#usedBytes;
  }

  /** Throws `insufficient-space` when there is no room for so many bytes. */
  takeBytes(count: number): void {
    if (count > this.room) throw new FileError('insufficient-space', `the limit is ${this.#bytes} bytes`);
    this.#usedBytes += count;
  }

  giveBytes(count: number): void {
    this.#usedBytes -= count;
  }

  takeName(): void {
    if (this.#usedNames >= this.#names) {
      throw new FileError('insufficient-space', `the limit is ${this.#names} names`);
    }
    this.#usedNames++;
  }

  giveName(): void {
    this.#usedNames--;
  }
}

/** The times of a node in memory. Reading does not change any. */
export class MemoryTimes {
  accessed: bigint;
  modified: bigint;
  changed: bigint;

  constructor(now: bigint) {
    this.accessed = now;
    this.modified = now;
    this.changed = now;
  }

  set({ accessed, modified }: NodeTimes, now: bigint): void {
    if (accessed !== undefined) this.accessed = accessed;
    if (modified !== undefined) this.modified = modified;
    if (accessed !== undefined || modified !== undefined) this.changed = now;
  }

  touch(now: bigint): void {
    this.modified = now;
    this.changed = now;
  }
}
