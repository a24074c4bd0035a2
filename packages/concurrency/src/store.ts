import { CALLING, type ComponentInstance, failed, reasonOf, Trap } from '@wit-ts/abi';
import { FailureListeners } from './failure-listeners.ts';
import { InstanceTasks } from './instance-tasks.ts';
import { ReturnedCalls } from './returned-calls.ts';
import { SmallSet } from './small-set.ts';
import type { Scheduler } from './scheduler.ts';
import { PlatformTurns } from './platform-turns.ts';
import { PendingTrap } from './stack/pending-trap.ts';
import { noStacks } from './stack/no-stacks.ts';
import type { MakeStacks, StoreStacks } from './stack/stacks.ts';
import type { Task } from './task.ts';
import type { Observer } from './observer.ts';
import { type Continuation, Thread } from './thread.ts';
import { eventLoop } from './event-loop.ts';
import { WaitingThreads } from './waiting-threads.ts';
import { waitReport } from './wait-report.ts';

/** How one instance of a root component runs its tasks. */
export interface StoreOptions {
  /** Chooses which thread runs next; for tests. */
  readonly scheduler?: Scheduler | undefined;
  /** What happens when the host's calls wait for nothing that can still happen; `trap` by default. */
  readonly deadlock?: 'trap' | 'wait' | undefined;
  readonly observer?: Observer | undefined;
  /** Makes what suspends stacks; absent when no code of the component can block. */
  readonly stacks?: MakeStacks | undefined;
  /** Receives errors that no call, read or promise of the host reports; by default they go to the console. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/**
 * The threads of an instance of a root component and of all instances inside it (`CanonicalABI.md`, "Embedding": the
 * class `Store`).
 *
 * Threads run only when the event loop resumes them, and never while code of the component or of the host is on the
 * stack.
 */
export class Store {
  readonly stacks: StoreStacks;
  readonly scheduler: Scheduler | undefined;
  readonly observer: Observer | undefined;
  /** The tasks that the host called, until they are resolved. */
  readonly hostTasks = new SmallSet<Task>();
  /** The host's calls that returned in the turn of the running thread. */
  readonly returned = new ReturnedCalls();
  readonly listeners: FailureListeners;
  /** What made the store unusable. */
  failure: Error | undefined = undefined;
  /** The number of operations of the host that will end, such as a call of an asynchronous import. */
  hostOperations = 0;
  /** The number of ends of streams and futures that the host holds. */
  hostEnds = 0;
  readonly #deadlock: 'trap' | 'wait';
  readonly #instances = new Map<ComponentInstance, InstanceTasks>();
  readonly #waiting: WaitingThreads;
  /** Asynchronous calls of the host that arrived while a suspended stack was being resumed. */
  readonly #deferred: (() => void)[] = [];
  #current: Thread | undefined = undefined;
  #threads = 0;
  #tasks = 0;
  #isScheduled = false;
  /** Counts what happened, to find out whether anything happens. */
  #progress = 0;

  constructor({ scheduler, deadlock = 'trap', observer, onError, stacks }: StoreOptions = {}) {
    this.scheduler = scheduler;
    this.#waiting = new WaitingThreads(scheduler);
    this.observer = observer;
    this.listeners = new FailureListeners(onError);
    this.#deadlock = deadlock;
    this.stacks = stacks?.(this) ?? noStacks;
  }

  /** The state of a component instance that belongs to tasks. */
  instanceTasks(instance: ComponentInstance): InstanceTasks {
    let state = this.#instances.get(instance);
    if (state === undefined) this.#instances.set(instance, (state = new InstanceTasks(instance)));
    return state;
  }

  /** The running thread. There is always one while a core function runs. */
  get current(): Thread {
    return this.#current!;
  }

  nextTaskNumber(): number {
    return (this.#tasks += 1);
  }

  newThread(task: Task): Thread {
    return new Thread(task, (this.#threads += 1));
  }

  /** Makes a thread the running one and returns the one that was. */
  switchTo(thread: Thread | undefined): Thread | undefined {
    const previous = this.#current;
    this.#current = thread;
    return previous;
  }

  startedWaiting(thread: Thread): void {
    if (this.#waiting.add(thread)) this.nudge(thread);
  }

  stoppedWaiting(thread: Thread): void {
    this.#waiting.delete(thread);
  }

  /** A waiting thread may have become ready. */
  nudge(thread: Thread): void {
    this.#waiting.nudge(thread);
    this.schedule();
  }

  /** Whether another thread may be ready. */
  get hasNudged(): boolean {
    return this.#waiting.hasNudged;
  }

  /** The threads of an instance that wait, without those of tasks that wait to enter it. */
  waitingIn(state: InstanceTasks): Thread[] {
    return this.#waiting.in(state);
  }

  /** Whether any thread of the store is ready. */
  get hasReady(): boolean {
    return this.#waiting.toArray().some((thread) => thread.isReady);
  }

  /** Whether a thread may go on with an event that is there, although the specification allows to switch. */
  get mayContinue(): boolean {
    return this.scheduler === undefined && !this.#waiting.hasNudged;
  }

  /** Something happened: the event loop will run the threads that it made ready. */
  schedule(): void {
    this.#progress += 1;
    this.#turns.happened();
    if (this.#isScheduled || this.stacks.isHeld || this.failure !== undefined) return;
    this.#isScheduled = true;
    eventLoop.soon(this.#run);
  }

  /**
   * Begins something in a microtask of its own, while no code of the component or the host is on the stack. Call
   * `finish` with the result.
   */
  begin(): boolean {
    if (this.#isScheduled || this.#current !== undefined || this.stacks.isHeld) return false;
    this.#isScheduled = true;
    return true;
  }

  /** Lets the threads that became ready run: at once, if `begin` has returned true. */
  finish(hasBegun: boolean): void {
    if (!hasBegun) {
      this.schedule();
      return;
    }
    this.#progress += 1;
    this.#run();
  }

  /** Runs ready threads until none is left or a suspended stack has to be waited for. */
  readonly #run = (): void => {
    this.#turns.begin();
    while (this.failure === undefined && !this.stacks.isHeld) {
      if (this.#turns.postpone()) return;
      if (this.#deferred.length > 0) {
        this.#turns.count();
        this.#deferred.shift()!();
        continue;
      }
      const thread = this.#waiting.pick();
      if (thread === undefined) break;
      this.#turns.count();
      this.#tick(thread);
      this.returned.tell();
    }
    if (this.#waiting.isHeldBack && this.failure === undefined && !this.stacks.isHeld) {
      eventLoop.later(this.#run);
      return;
    }
    this.#isScheduled = false;
    if (this.failure === undefined && !this.stacks.isHeld) this.#checkDeadlock();
  };

  readonly #turns = new PlatformTurns(this.#run);

  /** `Store.tick`: resumes one ready thread. */
  #tick(thread: Thread): void {
    const { state } = thread.task;
    const { path } = state;
    try {
      if (thread.onStack) {
        // The suspended stack enters the instances when it continues.
        this.#resumeTo(thread, state);
        return;
      }
      for (const each of path) each.mayEnter = false;
      this.returned.isInTurn = true;
      this.#continue(thread, thread.task.isCancelDue(thread));
      this.returned.isInTurn = false;
      if (this.stacks.hasPaused) this.#hasPaused(state);
      else this.stacks.afterStart(() => this.#hasPaused(state));
    } catch (error) {
      this.returned.isInTurn = false;
      this.fail(error, thread.task);
    }
  }

  /** The turn of a thread that the event loop has resumed is over. */
  #hasPaused(state: InstanceTasks): void {
    this.leave(state.path);
    state.nudgeNext();
  }

  #resumeTo(thread: Thread, state: InstanceTasks): void {
    this.resume(thread, thread.task.isCancelDue(thread), () => this.#hasPaused(state));
  }

  /** Marks instances as not running, unless a trap has made them unusable. */
  leave(instances: readonly ComponentInstance[]): void {
    if (this.failure !== undefined) return;
    for (const each of instances) each.mayEnter = true;
  }

  /**
   * Continues a blocked thread until it blocks again or ends, and then calls `paused`: before this returns, or later
   * if the thread has a suspended stack.
   */
  resume(thread: Thread, cancelled: boolean, paused: () => void): void {
    if (thread.onStack) {
      const continuation = this.#taken(thread, cancelled);
      this.stacks.begin(thread, paused);
      continuation(cancelled, thread);
      return;
    }
    this.#continue(thread, cancelled);
    this.stacks.afterStart(paused);
  }

  #taken(thread: Thread, cancelled: boolean): Continuation {
    if (cancelled) thread.task.cancelDelivered();
    this.observer?.resumed(thread, cancelled);
    return thread.takeContinuation();
  }

  /** Continues a thread that has no stack. */
  #continue(thread: Thread, cancelled: boolean): void {
    this.runAs(thread, this.#taken(thread, cancelled), cancelled);
  }

  /** Runs code of a thread. What it throws has failed its task, whoever has resumed the thread. */
  runAs(thread: Thread, run: Continuation, cancelled = false): void {
    const previous = this.switchTo(thread);
    try {
      run(cancelled, thread);
    } catch (error) {
      throw thread.task.failed(error);
    } finally {
      this.#current = previous;
    }
  }

  /** Whether an asynchronous call of the host need not wait for its turn. */
  get isFree(): boolean {
    return this.failure === undefined && !this.stacks.isHeld && this.#deferred.length === 0;
  }

  /** Lets the event loop find out whether nothing can happen any more. */
  scheduleIfStuck(): void {
    if (this.hostOperations === 0 && this.hostEnds === 0) this.schedule();
  }

  /**
   * Calls now, or when the suspended stack that holds the store has paused, after the calls that came before. After a
   * trap, the call is made when the reason is known: it then finds it.
   *
   * @param waits whether the call has to wait in any case, until the event loop runs
   */
  whenFree(call: () => void, waits = false): void {
    const { failure } = this;
    const isKnown = failure !== undefined && !(failure instanceof PendingTrap);
    if (isKnown || (this.isFree && !waits)) {
      call();
      return;
    }
    this.#deferred.push(call);
    this.schedule();
  }

  /** Calls a function, which `reports` the error to the host, if the store fails. Returns what stops this. */
  onFailure(listener: (error: Error) => void, how: 'reports' | 'silent' = 'reports'): () => void {
    return this.listeners.add(listener, how);
  }

  /** Calls a function with the reason why the store has failed: now, or when the platform has told it. */
  whenFailed(listener: (error: Error) => void): void {
    if (this.failure === undefined || this.failure instanceof PendingTrap) this.onFailure(listener);
    else listener(this.failure);
  }

  /** Ends everything after a trap: no instance can be entered, and no promise of the host stays unsettled. */
  fail(error: unknown, task?: Task): void {
    if (this.failure !== undefined) return;
    const reason = reasonOf(error);
    const failure =
      reason instanceof PendingTrap || task === undefined ? (reason as Error) : task.failed(reason);
    this.#close(failure);
    if (failure instanceof PendingTrap) void failure.reason.then((found) => this.#explain(failure, found));
    else this.#settle(failure, task);
  }

  /** The same for a trap that a call reports to the host. */
  failReported(error: unknown): void {
    const stop = this.onFailure(() => undefined);
    this.fail(error);
    stop();
  }

  /**
   * A call by the host has failed. `settle` receives the reason: now, or when the platform has told it.
   *
   * @param instance the called instance
   */
  callFailed(error: unknown, instance: ComponentInstance, settle: (reason: unknown) => void): void {
    const reason = reasonOf(error);
    if (reason instanceof PendingTrap && this.failure === undefined) {
      this.onFailure(settle);
      this.fail(reason);
      return;
    }
    if (instance.failure === reason) this.failReported(reason);
    settle(reason);
  }

  /** Something that the event loop did for an instance has failed, outside of its code. */
  failIn(instance: ComponentInstance | undefined, error: unknown, name: string): void {
    const reason = reasonOf(error);
    const isValue = instance === undefined || reason instanceof TypeError;
    this.fail(isValue ? reason : failed(instance, reason, CALLING, name));
  }

  /** The platform has told why a stack ended. */
  #explain(pending: PendingTrap, error: unknown): void {
    for (const each of this.#allInstances()) if (each.failure === pending) each.failure = undefined;
    const failure = pending.task.failed(reasonOf(error));
    this.#close(failure);
    this.#settle(failure, pending.task);
  }

  #close(failure: Error): void {
    this.failure = failure;
    for (const each of this.#allInstances()) {
      each.failure ??= failure;
      each.mayEnter = false;
    }
    this.#waiting.forgetNudges();
  }

  #settle(failure: Error, task: Task | undefined): void {
    if (task !== undefined) this.observer?.failed(task, failure);
    this.listeners.tell(failure, this.hostTasks.size + this.returned.size > 0);
    for (const each of this.hostTasks.toArray()) each.caller.failed(failure);
    this.hostTasks.clear();
    this.#waiting.clear();
    this.stacks.end();
    for (const call of this.#deferred.splice(0)) call();
  }

  *#allInstances(): Iterable<ComponentInstance> {
    for (const { path } of this.#instances.values()) yield* path;
  }

  #checkDeadlock(): void {
    if (!this.#isStuck()) return;
    const seen = this.#progress;
    // The host may be about to make another call, which ends the waiting.
    eventLoop.later(() => {
      if (seen === this.#progress && this.failure === undefined && this.#isStuck()) {
        this.fail(new Trap(waitReport(this.hostTasks.toArray(), this.#waiting.toArray())));
      }
    });
  }

  #isStuck(): boolean {
    return (
      this.#deadlock === 'trap' &&
      this.hostTasks.size > 0 &&
      this.hostOperations === 0 &&
      this.hostEnds === 0 &&
      !this.#isScheduled &&
      !this.stacks.isHeld
    );
  }
}
