import type { ResourceType } from './resource-type.ts';
import { Trap } from './trap.ts';

/** What borrows that were lent to a call are counted on (`CanonicalABI.md`, "Task State": `num_borrows`). */
export interface BorrowScope {
  borrows: number;
}

/**
 * An own or borrow handle (`CanonicalABI.md`, "Resource State"). It stands in a component instance's table; the same class
 * is what a host's object of a guest resource holds.
 *
 * `rep` is the guest's 32-bit representation for a resource that a component implements, and the host's object itself for
 * one that the host implements: only the implementer ever sees it.
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

/** The largest index of a table. */
export const MAX_TABLE_LENGTH = 2 ** 28 - 1;

/**
 * The one table of an instance for resources, waitables, waitable sets and error contexts (`CanonicalABI.md`, "Table
 * State"). Index 0 is never used; freed indices are used again, last in first out.
 */
export class HandleTable {
  readonly #entries: (object | undefined)[] = [undefined];
  readonly #free: number[] = [];
  readonly #most: number;
  /** Whether more was asked of it than it holds: the trap is not the fault of a value. */
  overflowed = false;

  /** @param most how many entries may live at once */
  constructor(most = MAX_TABLE_LENGTH) {
    this.#most = most;
  }

  /** @throws Trap where nothing stands at the index; an index may be given signed, as core code passes it */
  get(index: number): object {
    const entry = this.#entries[index >>> 0];
    if (entry === undefined) throw new Trap(`unknown handle index ${index >>> 0}`);
    return entry;
  }

  /** @throws Trap where the table is full */
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

  /** Takes the entry out. @throws Trap where nothing stands at the index */
  remove(index: number): object {
    const entry = this.get(index);
    this.free(index);
    return entry;
  }

  /** The same for an index at which something is known to stand. */
  free(index: number): void {
    this.#entries[index >>> 0] = undefined;
    this.#free.push(index >>> 0);
  }

  /** How many handles live in the table. */
  get size(): number {
    return this.#entries.length - 1 - this.#free.length;
  }
}
