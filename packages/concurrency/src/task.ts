import { type BorrowScope, CALLING, type CoreValue, failed, Trap } from '@wit-ts/abi';
import type { InstanceTasks } from './instance-tasks.ts';
import type { CanonLift } from './lift.ts';
import { PendingTrap } from './stack/pending-trap.ts';
import type { Store } from './store.ts';
import type { Thread } from './thread.ts';

/** `Task.State` of `CanonicalABI.md`, "Tasks". */
type TaskState = 'initial' | 'started' | 'pending-cancel' | 'cancel-delivered' | 'resolved';

/** The other side of a task: a subtask of another component, or a call of the host. */
export interface TaskCaller {
  /** Whether the caller can wait for a suspended stack if the function's type is not asynchronous. */
  readonly mayWait: boolean;
  /** `on_start`: lowers the arguments into the callee. @param scope counts the borrows that are lowered */
  start(scope: BorrowScope): readonly CoreValue[];
  /** `on_resolve` with a result, as the core values that the callee gives. */
  returned(flat: readonly CoreValue[]): void;
  /** `on_resolve` without a result: the task was cancelled. */
  cancelled(): void;
  /** The component failed, so that the task will never be resolved. */
  failed(error: Error): void;
}

/** A call of a lifted function (`CanonicalABI.md`, "Tasks"). */
export class Task implements BorrowScope {
  readonly store: Store;
  readonly lift: CanonLift;
  readonly caller: TaskCaller;
  /** The state of the instance whose function was called. */
  readonly state: InstanceTasks;
  /** Counts the borrows that the task was lent and still holds (`num_borrows`). */
  borrows = 0;
  readonly implicitThread: Thread;
  /** All threads but the implicit one. */
  #others: Thread[] | undefined = undefined;
  #hasImplicit = false;
  #number: number | undefined = undefined;
  /** Whether the store keeps the task because the host waits for it. */
  isOfHost = false;
  #state: TaskState = 'initial';
  /** The thread that a pending cancellation wakes, because it could not be resumed in its caller's turn. */
  #wakes: Thread | undefined = undefined;
  #isPaused = false;
  #onPaused: (() => void) | undefined = undefined;

  constructor(store: Store, lift: CanonLift, caller: TaskCaller) {
    this.store = store;
    this.lift = lift;
    this.caller = caller;
    this.state = lift.state;
    this.implicitThread = store.newThread(this);
  }

  /** The number of the task in messages and traces. Tasks that neither of them mentions have none. */
  get number(): number {
    return (this.#number ??= this.store.nextTaskNumber());
  }

  get isResolved(): boolean {
    return this.#state === 'resolved';
  }

  get isStarted(): boolean {
    return this.#state !== 'initial';
  }

  /** `register_thread`. */
  registerThread(thread: Thread): void {
    if (thread === this.implicitThread) this.#hasImplicit = true;
    else (this.#others ??= []).push(thread);
    thread.index = this.state.threads.add(thread);
  }

  /** `unregister_thread`. @throws Trap when the last thread of an unresolved task ends */
  unregisterThread(thread: Thread): void {
    if (thread === this.implicitThread) this.#hasImplicit = false;
    else this.#others!.splice(this.#others!.indexOf(thread), 1);
    if (!this.#hasImplicit && (this.#others?.length ?? 0) === 0 && this.#state !== 'resolved')
      throw new Trap(
        `the task ended without \`task.return\` or \`task.cancel\`, so \`${this.lift.name}\` never returned`,
      );
    this.state.threads.free(thread.index);
  }

  /** `start`: returns the arguments for the core function. */
  start(): readonly CoreValue[] {
    this.#state = 'started';
    this.store.observer?.started(this);
    return this.caller.start(this);
  }

  /** `return_`. @throws Trap when the task was resolved before, or holds borrows */
  return(flat: readonly CoreValue[]): void {
    if (this.#state === 'resolved') throw new Trap('`task.return` was called a second time');
    this.#checkBorrows();
    this.caller.returned(flat);
    this.#resolved();
    this.store.observer?.returned(this);
  }

  /** `cancel`. @throws Trap when no cancellation was delivered to the task, or it holds borrows */
  cancel(): void {
    if (this.#state !== 'cancel-delivered')
      throw new Trap('`task.cancel` was called by a task that was not told to cancel');
    this.#checkBorrows();
    this.caller.cancelled();
    this.#resolved();
    this.store.observer?.cancelled(this);
  }

  #checkBorrows(): void {
    if (this.borrows > 0) throw new Trap('borrow handles still remain at the end of the call');
  }

  /** The task is over without a result: the host's arguments do not fit, or an engine passes the result. */
  ended(): void {
    this.#resolved();
  }

  /** True once the first turn of the task is over, after which its caller continues. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  paused(): void {
    this.#isPaused = true;
    this.#onPaused?.();
  }

  /** Calls a function when the first turn of the task is over. */
  whenPaused(call: () => void): void {
    if (this.#isPaused) call();
    else this.#onPaused = call;
  }

  #resolved(): void {
    this.#state = 'resolved';
    if (this.isOfHost) this.store.hostTasks.delete(this);
  }

  /**
   * `request_cancellation`.
   *
   * @param from the calling thread; `undefined` for the host
   * @param paused called when the thread that was told to cancel has paused
   * @returns false if `paused` is called later, after a suspended stack was resumed
   */
  requestCancellation(from: Thread | undefined, paused: () => void): boolean {
    this.store.observer?.cancelRequested(this);
    if (this.#state === 'initial') {
      // No core code runs: the task only gives up waiting to enter.
      this.store.resume(this.implicitThread, true, paused);
      return true;
    }
    const entered = this.lift.entering(from?.task.state.instance);
    const thread = entered.every((each) => each.mayEnter) ? this.#threadToCancel() : undefined;
    if (thread === undefined) {
      this.#state = 'pending-cancel';
      // A callback that waits is told as soon as it can run.
      if (this.lift.hasCallback) this.#wakeLater(this.implicitThread);
    } else if (thread.onStack && from?.onStack !== true) {
      // A suspended stack continues only when the event loop runs.
      this.#state = 'pending-cancel';
      this.#wakeLater(thread);
    } else {
      let isPaused = false;
      for (const each of entered) each.mayEnter = false;
      this.store.resume(thread, true, () => {
        isPaused = true;
        this.store.leave(entered);
        this.state.nudgeNext();
        paused();
      });
      return isPaused;
    }
    paused();
    return true;
  }

  #wakeLater(thread: Thread): void {
    this.#wakes = thread;
    if (thread.isWaiting || thread.isSuspended) thread.nudge();
  }

  #threadToCancel(): Thread | undefined {
    const candidates = this.#threads().filter((each) => each.cancellable && this.#mayResume(each));
    const { scheduler } = this.store;
    if (scheduler !== undefined && candidates.length > 0) return candidates[scheduler.choose(candidates)];
    return candidates.find((each) => !each.onStack) ?? candidates[0];
  }

  #threads(): Thread[] {
    return this.#hasImplicit ? [this.implicitThread, ...(this.#others ?? [])] : [...(this.#others ?? [])];
  }

  #mayResume(thread: Thread): boolean {
    const { exclusive } = this.state;
    if (thread !== this.implicitThread || !this.lift.needsExclusive) return true;
    return exclusive === undefined || exclusive === thread;
  }

  /** True when a pending cancellation is to be delivered to a blocked thread by the event loop. */
  isCancelDue(thread: Thread): boolean {
    return (
      this.#wakes === thread &&
      this.#state === 'pending-cancel' &&
      thread.cancellable &&
      this.#mayResume(thread)
    );
  }

  /** `deliver_pending_cancel`. */
  deliverPendingCancel(cancellable: boolean): boolean {
    if (!cancellable || this.#state !== 'pending-cancel') return false;
    this.cancelDelivered();
    return true;
  }

  cancelDelivered(): void {
    this.#state = 'cancel-delivered';
  }

  /** Turns what a core function of the task threw into the error that made its instance unusable. */
  failed(error: unknown): Error {
    if (error instanceof PendingTrap) return error;
    return failed(this.state.instance, error, CALLING, this.lift.name);
  }
}
