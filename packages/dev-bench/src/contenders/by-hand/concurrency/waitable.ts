import type { HandWrittenTask, HandWrittenTasks } from './task.ts';

/** The codes of events, `CanonicalABI.md`, "Waitable State". */
export const guestEvents = {
  subtask: 1,
  streamRead: 2,
  streamWrite: 3,
  futureRead: 4,
  futureWrite: 5,
} as const;

const RETURNED = 2;

/** A subtask, or an end of a stream or future, with at most one event that nobody has received yet. */
export class HandWrittenWaitable {
  readonly tasks: HandWrittenTasks;
  readonly index: number;
  set: HandWrittenSet | undefined;
  /** 0 when no event is pending. The event stays here, with its payload, after it was taken. */
  event = 0;
  payload = 0;
  pending = false;

  constructor(tasks: HandWrittenTasks) {
    this.tasks = tasks;
    this.index = tasks.handles.add(this);
  }

  signal(event: number, payload: number): void {
    this.event = event;
    this.payload = payload;
    this.pending = true;
    const { set } = this;
    if (set === undefined) return;
    set.pending.push(this);
    const { waiter } = set;
    if (waiter === undefined) return;
    set.waiter = undefined;
    this.tasks.wake(waiter);
  }

  /** The same, when nothing of the guest is on the stack. */
  signalFromHost(event: number, payload: number): void {
    const waiter = this.set?.waiter;
    if (waiter === undefined) {
      this.signal(event, payload);
      return;
    }
    this.set!.waiter = undefined;
    this.signal(event, payload);
    this.tasks.resume(waiter);
  }

  resolved(): void {
    this.signal(guestEvents.subtask, RETURNED);
  }

  resolvedByHost(): void {
    this.signalFromHost(guestEvents.subtask, RETURNED);
  }

  join(set: HandWrittenSet | undefined): void {
    this.set?.leave(this);
    this.set = set;
    if (this.pending) set?.pending.push(this);
  }

  drop(): void {
    this.join(undefined);
    this.tasks.handles.remove(this.index);
  }
}

export class HandWrittenSet {
  /** The members with an event. */
  readonly pending: HandWrittenWaitable[] = [];
  waiter: HandWrittenTask | undefined;

  hasEvent(): boolean {
    return this.pending.length > 0;
  }

  takeEvent(): HandWrittenWaitable | undefined {
    const waitable = this.pending.length > 1 ? this.pending.shift() : this.pending.pop();
    if (waitable !== undefined) waitable.pending = false;
    return waitable;
  }

  leave(waitable: HandWrittenWaitable): void {
    if (!waitable.pending) return;
    const at = this.pending.indexOf(waitable);
    if (at >= 0) this.pending.splice(at, 1);
  }
}

/** The built-ins that both components import. */
export function waitableBuiltins(
  tasks: HandWrittenTasks,
): Record<string, (...args: number[]) => number | void> {
  const { handles } = tasks;
  return {
    'get-0': () => tasks.current.context,
    'set-0': (value = 0) => {
      tasks.current.context = value;
    },
    'new-set': () => handles.add(new HandWrittenSet()),
    'drop-set': (set = 0) => void handles.remove(set),
    join: (waitable = 0, set = 0) =>
      (handles.get(waitable) as HandWrittenWaitable).join(
        set === 0 ? undefined : (handles.get(set) as HandWrittenSet),
      ),
  };
}
