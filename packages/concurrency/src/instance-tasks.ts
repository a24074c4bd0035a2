import { type ComponentInstance, HandleTable, Trap } from '@wit-ts/abi';
import { SmallSet } from './small-set.ts';
import type { EntryGate, Thread } from './thread.ts';

/** The counter has 16 bits (`CanonicalABI.md`, "canon backpressure.{inc,dec}"). */
const MAX_BACKPRESSURE = 2 ** 16;

/** The part of a component instance's state that belongs to tasks (`CanonicalABI.md`, "Component Instances"). */
export class InstanceTasks {
  readonly instance: ComponentInstance;
  readonly threads = new HandleTable();
  /** The threads that core code made, each once more: they count as handles of the instance. */
  readonly madeThreads: HandleTable;
  /** The instance and those around it, which code that the event loop resumes enters. */
  readonly path: readonly ComponentInstance[];
  /** The number of tasks that wait to enter. */
  waitingToEnter = 0;
  #backpressure = 0;
  #exclusive: Thread | undefined = undefined;
  /** Threads that wait for backpressure or for the lock, the oldest first. */
  readonly #queues: Readonly<Record<EntryGate, SmallSet<Thread>>> = {
    lock: new SmallSet(),
    entry: new SmallSet(),
    'locked-entry': new SmallSet(),
  };

  /** The number of threads in the queues. */
  #kept = 0;

  constructor(instance: ComponentInstance) {
    this.instance = instance;
    this.madeThreads = instance.handles.another?.() ?? new HandleTable();
    const path: ComponentInstance[] = [];
    for (let at: ComponentInstance | undefined = instance; at !== undefined; at = at.parent) path.push(at);
    this.path = path;
  }

  /** The thread that holds the exclusive lock: only one task at a time runs code that cannot be entered again. */
  get exclusive(): Thread | undefined {
    return this.#exclusive;
  }

  lock(thread: Thread): void {
    this.#exclusive = thread;
  }

  unlock(): void {
    this.#exclusive = undefined;
    this.nudgeNext();
  }

  get backpressure(): number {
    return this.#backpressure;
  }

  /** @throws Trap when the counter leaves its range */
  countBackpressure(change: 1 | -1): void {
    const count = this.#backpressure + change;
    if (count < 0 || count === MAX_BACKPRESSURE) throw new Trap('the backpressure counter is out of range');
    this.#backpressure = count;
    if (count === 0) this.nudgeNext();
  }

  isOpen(gate: EntryGate): boolean {
    const isFree = gate === 'entry' || this.#exclusive === undefined;
    return isFree && (gate === 'lock' || this.#backpressure === 0);
  }

  /** Keeps a thread that cannot continue until its gate opens. */
  keep(thread: Thread, gate: EntryGate): void {
    const queue = this.#queues[gate];
    this.#kept -= queue.size;
    queue.add(thread);
    this.#kept += queue.size;
  }

  forget(thread: Thread, gate: EntryGate): void {
    if (this.#kept > 0 && this.#queues[gate].delete(thread)) this.#kept -= 1;
  }

  /**
   * Nudges the first thread behind each open gate. One is enough: this is called again when it has had its turn.
   */
  nudgeNext(): void {
    if (this.#kept === 0) return;
    this.#nudgeFirst('lock');
    this.#nudgeFirst('locked-entry');
    this.#nudgeFirst('entry');
  }

  #nudgeFirst(gate: EntryGate): void {
    const queue = this.#queues[gate];
    const { first } = queue;
    if (first === undefined || !this.isOpen(gate)) return;
    queue.delete(first);
    this.#kept -= 1;
    first.nudge();
  }
}
