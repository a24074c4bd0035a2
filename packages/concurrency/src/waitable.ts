import { Trap } from '@wit-ts/abi';
import { listed } from './listed.ts';
import { SmallSet } from './small-set.ts';
import type { Thread } from './thread.ts';

/** `EventCode` of `CanonicalABI.md`, "Waitable State". */
const NONE = 0;
export const SUBTASK = 1;
export const STREAM_READ = 2;
export const STREAM_WRITE = 3;
export const FUTURE_READ = 4;
export const FUTURE_WRITE = 5;
const TASK_CANCELLED = 6;

/** `EventTuple`: the code, the index of the waitable, and the payload. */
export type Event = readonly [code: number, index: number, payload: number];

export const NO_EVENT: Event = [NONE, 0, 0];
export const CANCELLED_EVENT: Event = [TASK_CANCELLED, 0, 0];

/** What a task can wait for (`CanonicalABI.md`, "Waitable State"). It has at most one pending event. */
export abstract class Waitable {
  /** What messages call the waitable: `subtask`, `readable end of a stream`. */
  abstract readonly kind: string;
  /** What messages say that a task waits for. */
  get description(): string {
    return `the ${this.kind}`;
  }

  /** Computes the event when it is delivered. */
  #pendingEvent: ((waitable: Waitable) => Event) | undefined = undefined;
  #set: WaitableSet | undefined = undefined;
  /** The thread that waits in a synchronous built-in for this waitable alone. */
  syncWaiter: Thread | undefined = undefined;

  get hasPendingEvent(): boolean {
    return this.#pendingEvent !== undefined;
  }

  get inWaitableSet(): boolean {
    return this.#set !== undefined;
  }

  setPendingEvent(event: (waitable: Waitable) => Event): void {
    this.#pendingEvent = event;
    this.syncWaiter?.nudge();
    this.#set?.nudge();
  }

  /** Delivers the pending event. */
  takePendingEvent(): Event {
    const event = this.#pendingEvent!;
    this.#pendingEvent = undefined;
    return event(this);
  }

  /** Drops the pending event of an operation whose result is known otherwise. */
  forgetPendingEvent(): void {
    this.#pendingEvent = undefined;
  }

  /** `canon waitable.join`. @throws Trap when a thread waits for this waitable alone */
  join(set: WaitableSet | undefined): void {
    if (this.syncWaiter !== undefined)
      throw new Trap(`cannot join a waitable set: a synchronous built-in waits for this ${this.kind}`);
    this.#set?.elements.delete(this);
    this.#set = set;
    if (set === undefined) return;
    set.elements.add(this);
    if (this.hasPendingEvent) set.nudge();
  }

  /** Ends the waitable, which is not in the table any more. */
  drop(): void {
    this.#set?.elements.delete(this);
    this.#set = undefined;
  }
}

/** A waitable set (`CanonicalABI.md`, "Waitable State"). Waitables are heard in the order in which they joined. */
export class WaitableSet {
  readonly elements = new SmallSet<Waitable>();
  /** The threads that wait for an event of the set. */
  readonly waiting = new SmallSet<Thread>();

  get hasPendingEvent(): boolean {
    return this.elements.find(hasPendingEvent) !== undefined;
  }

  /** What messages say that a task waits for. */
  get description(): string {
    const members = this.elements.toArray().map((member) => member.description);
    return members.length === 0 ? 'a waitable set without members' : listed(members);
  }

  /** Delivers the event of one waitable. The set must have one. */
  takePendingEvent(): Event {
    const found = this.elements.find(hasPendingEvent);
    if (found === undefined) return NO_EVENT;
    // Moved to the end, so that one busy waitable does not keep the others from being heard.
    this.elements.delete(found);
    this.elements.add(found);
    return found.takePendingEvent();
  }

  nudge(): void {
    this.waiting.find(nudged);
  }

  /** @throws Trap when the set has members, or a thread waits for it */
  drop(): void {
    if (this.elements.size > 0) throw new Trap('cannot drop waitable set: it has members');
    if (this.waiting.size > 0) throw new Trap('cannot drop waitable set with waiters');
  }
}

function hasPendingEvent(waitable: Waitable): boolean {
  return waitable.hasPendingEvent;
}

/** Nudges a thread, and goes on to the next. */
function nudged(thread: Thread): boolean {
  thread.nudge();
  return false;
}
