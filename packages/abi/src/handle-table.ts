import type { ResourceType } from './resource-type.ts';
import { Trap } from './trap.ts';

/** Counts the borrows that were lent to a call (`CanonicalABI.md`, "Task State": `num_borrows`). */
export interface BorrowScope {
  borrows: number;
}

/**
 * An own or borrow handle (`CanonicalABI.md`, "Resource State"). It is an entry of a component instance's table; the
 * host's object of a guest resource holds one too.
 *
 * `rep` is the guest's 32-bit representation if a component implements the resource, and the host's object itself if
 * the host does. Only the implementer ever sees it.
 */
export class ResourceHandle {
  readonly type: ResourceType;
  rep: unknown;
  own: boolean;
  readonly scope: BorrowScope | undefined;
  lends: number;

  constructor(type: ResourceType, rep: unknown, own: boolean, scope: BorrowScope | undefined) {
    this.type = type;
    this.rep = rep;
    this.own = own;
    this.scope = scope;
    this.lends = 0;
  }
}

/** The largest index of a handle table (`CanonicalABI.md`, "Table State"). */
export const MAX_TABLE_LENGTH = 2 ** 28 - 1;

/**
 * The table of an instance for resources, waitables, waitable sets and error contexts (`CanonicalABI.md`, "Table
 * State"). Index 0 is never used. Freed indices are reused, the last one first.
 */
export class HandleTable {
  readonly #entries: (object | undefined)[] = [undefined];
  readonly #free: number[] = [];
  readonly #most: number;
  /** Returns an empty table that is limited together with this one, if it is. */
  declare readonly another?: () => HandleTable;
  /** True once the table was full: the trap that follows is then not the fault of a value. */
  overflowed = false;

  /** @param most the number of entries that may exist at once */
  constructor(most = MAX_TABLE_LENGTH) {
    this.#most = most;
  }

  /**
   * Returns the entry at an index, which may be signed, as core code passes it. @throws Trap when there is no entry
   */
  get(index: number): object {
    const entry = this.#entries[index >>> 0];
    if (entry === undefined) throw new Trap(`unknown handle index ${index >>> 0}`);
    return entry;
  }

  /** Adds an entry and returns its index. @throws Trap when the table is full */
  add(entry: object): number {
    const free = this.#free.pop();
    if (free !== undefined) {
      this.#entries[free] = entry;
      return free;
    }
    const index = this.#entries.length;
    if (index > this.#most) {
      this.overflowed = true;
      throw new Trap(`the handle table is full: it holds ${this.#most} handles`);
    }
    this.#entries.push(entry);
    return index;
  }

  /** Removes and returns the entry at an index. @throws Trap when there is no entry */
  remove(index: number): object {
    const entry = this.get(index);
    this.free(index);
    return entry;
  }

  /** Removes the entry at an index that is known to have one. */
  free(index: number): void {
    this.#entries[index >>> 0] = undefined;
    this.#free.push(index >>> 0);
  }

  /** The number of entries. */
  get size(): number {
    return this.#entries.length - 1 - this.#free.length;
  }
}
