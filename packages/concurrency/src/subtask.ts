import { Trap } from '@wit-ts/abi';
import type { LoweredCall } from './lower.ts';
import { type Event, SUBTASK, Waitable } from './waitable.ts';

/** `Subtask.State` of `CanonicalABI.md`, "Subtask State", as core code sees it. */
export const STARTING = 0;
export const STARTED = 1;
export const RETURNED = 2;
export const CANCELLED_BEFORE_STARTED = 3;
export const CANCELLED_BEFORE_RETURNED = 4;

/**
 * A call that a component made and did not wait for, until its resolution is delivered (`CanonicalABI.md`, "Subtask
 * State"). A call that is resolved when its core function returns never becomes one.
 */
export class Subtask extends Waitable {
  readonly call: LoweredCall;
  /** The handle of the subtask. */
  readonly index: number;
  isCancellationRequested = false;
  #isDelivered = false;

  /** @param add adds the subtask to the table of its component, and returns the handle */
  constructor(call: LoweredCall, add: (subtask: Subtask) => number) {
    super();
    this.call = call;
    this.index = add(this);
  }

  get kind(): string {
    return 'subtask';
  }

  override get description(): string {
    return `the call of \`${this.name}\``;
  }

  /** The called function in messages. */
  get name(): string {
    return this.call.name;
  }

  get state(): number {
    return this.call.state;
  }

  get isResolved(): boolean {
    return this.call.isResolved;
  }

  get isDelivered(): boolean {
    return this.#isDelivered;
  }

  /** The state of the call has changed. */
  progressed(): void {
    this.setPendingEvent(eventOf);
  }

  event(): Event {
    if (this.isResolved) this.#deliver();
    return [SUBTASK, this.index, this.state];
  }

  /** `deliver_resolve`: only now the callee's borrows end. */
  #deliver(): void {
    this.#isDelivered = true;
    this.call.endLends();
  }

  /** @throws Trap when the caller does not know yet that the subtask is resolved */
  override drop(): void {
    if (!this.#isDelivered) throw new Trap('cannot drop a subtask which has not yet resolved');
    super.drop();
  }
}

function eventOf(waitable: Waitable): Event {
  return (waitable as Subtask).event();
}
