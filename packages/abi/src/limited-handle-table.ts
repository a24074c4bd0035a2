import { HandleTable } from './handle-table.ts';
import { Trap } from './trap.ts';

/** What the tables of several component instances hold together. */
export interface HeldHandles {
  count: number;
  readonly most: number;
}

/** A table that shares a limit with the tables of other component instances. */
export class LimitedHandleTable extends HandleTable {
  readonly #held: HeldHandles;

  constructor(held: HeldHandles) {
    super();
    this.#held = held;
  }

  override readonly another = (): HandleTable => new LimitedHandleTable(this.#held);

  override add(entry: object): number {
    const { count, most } = this.#held;
    if (count >= most) {
      this.overflowed = true;
      const what =
        this.size === count ? 'the handle table is full: it holds' : 'the handle tables are full: they hold';
      throw new Trap(`${what} ${most} handles`, { code: 'over-limit' });
    }
    const index = super.add(entry);
    this.#held.count += 1;
    return index;
  }

  override free(index: number): void {
    super.free(index);
    this.#held.count -= 1;
  }
}
