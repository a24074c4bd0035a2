import type { InstanceTasks } from './instance-tasks.ts';
import type { Scheduler } from './scheduler.ts';
import { SmallSet } from './small-set.ts';
import type { Thread } from './thread.ts';

/** The threads of a store that wait for a condition, and which of them may be ready. */
export class WaitingThreads {
  readonly #scheduler: Scheduler | undefined;
  readonly #all = new SmallSet<Thread>();
  /** Those that may be ready, in the order in which they became so. */
  readonly #nudged = new SmallSet<Thread>();

  /** True when the scheduler chose none of the ready threads. */
  #isHeldBack = false;

  constructor(scheduler: Scheduler | undefined) {
    this.#scheduler = scheduler;
  }

  /** Adds a thread. Returns true if it is ready already: it then has to be nudged. */
  add(thread: Thread): boolean {
    this.#all.add(thread);
    if (thread.isReady) return true;
    keepBehindGate(thread);
    return false;
  }

  delete(thread: Thread): void {
    this.#all.delete(thread);
    this.#nudged.delete(thread);
    const { gate } = thread;
    if (gate !== undefined) thread.task.state.forget(thread, gate);
  }

  clear(): void {
    this.#all.clear();
    this.#nudged.clear();
  }

  /** A thread may have become ready. */
  nudge(thread: Thread): void {
    this.#nudged.add(thread);
  }

  forgetNudges(): void {
    this.#nudged.clear();
  }

  /** Whether a thread may be ready. */
  get hasNudged(): boolean {
    return this.#nudged.size > 0;
  }

  /** The threads of an instance, without those of tasks that wait to enter it. */
  in(state: InstanceTasks): Thread[] {
    return this.#all.toArray().filter((thread) => thread.task.state === state && thread.index > 0);
  }

  toArray(): Thread[] {
    return this.#all.toArray();
  }

  /** Whether the scheduler wants to be asked again later. */
  get isHeldBack(): boolean {
    return this.#isHeldBack;
  }

  /** Returns a ready thread, and forgets those that are not ready after all. */
  pick(): Thread | undefined {
    if (this.#scheduler !== undefined) return this.#choose(this.#scheduler);
    for (let thread = this.#nudged.first; thread !== undefined; thread = this.#nudged.first) {
      this.#nudged.delete(thread);
      if (canRun(thread)) return thread;
      // Another thread behind the same gate may be ready instead.
      if (!keepBehindGate(thread)) thread.task.state.nudgeNext();
    }
    return undefined;
  }

  #choose(scheduler: Scheduler): Thread | undefined {
    // A thread that is to be cancelled need not wait: it may be suspended.
    const suspended = this.#nudged.toArray().filter((thread) => !thread.isWaiting && canRun(thread));
    this.#nudged.clear();
    const ready = [...this.#all.toArray().filter(canRun), ...suspended];
    const chosen = ready.length === 0 ? undefined : ready[scheduler.choose(ready)];
    for (const thread of suspended) if (thread !== chosen) this.#nudged.add(thread);
    this.#isHeldBack = chosen === undefined && ready.length > 0;
    return chosen;
  }
}

function canRun(thread: Thread): boolean {
  return thread.isReady || thread.task.isCancelDue(thread);
}

/** Keeps a thread until its gate opens. Returns false if the gate is open. */
function keepBehindGate(thread: Thread): boolean {
  const { gate } = thread;
  const { state } = thread.task;
  if (gate === undefined || state.isOpen(gate)) return false;
  state.keep(thread, gate);
  return true;
}
