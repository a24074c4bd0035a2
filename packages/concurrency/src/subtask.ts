import { endLends, Trap } from '@wit-ts/abi';
import { Waitable } from './waitable.ts';

/** `Subtask.State` of `CanonicalABI.md`, "Subtask State", as core code sees it. */
const STARTING = 0;
export const STARTED = 1;
export const RETURNED = 2;
const CANCELLED_BEFORE_STARTED = 3;
const CANCELLED_BEFORE_RETURNED = 4;

/** Cancels what a subtask called. Returns false if `paused` is called later. */
type OnCancel = (paused: () => void) => boolean;

/** A call that a component made, until its resolution is delivered (`CanonicalABI.md`, "Subtask State"). */
export class Subtask extends Waitable {
  override readonly kind = 'subtask';
  /** The called function in messages. */
  readonly name: string;
  /** The handles that were lent to the callee. */
  readonly lent: unknown[] = [];
  state: number = STARTING;
  isCancellationRequested = false;
  onCancel: OnCancel = nothingToCancel;
  #isDelivered = false;

  constructor(name: string) {
    super();
    this.name = name;
  }

  get isResolved(): boolean {
    return this.state >= RETURNED;
  }

  get isDelivered(): boolean {
    return this.#isDelivered;
  }

  /** The callee was cancelled. */
  cancelled(): void {
    this.state = this.state === STARTING ? CANCELLED_BEFORE_STARTED : CANCELLED_BEFORE_RETURNED;
  }

  /** `deliver_resolve`: only now the callee's borrows end. */
  deliver(): void {
    this.#isDelivered = true;
    if (this.lent.length > 0) endLends(this.lent);
  }

  /** @throws Trap when the caller does not know yet that the subtask is resolved */
  override drop(): void {
    if (!this.#isDelivered) throw new Trap('cannot drop a subtask which has not yet resolved');
    super.drop();
  }
}

function nothingToCancel(paused: () => void): boolean {
  paused();
  return true;
}
