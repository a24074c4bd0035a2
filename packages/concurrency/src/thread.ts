import type { CoreValue } from '@wit-ts/abi';
import type { Task } from './task.ts';
import type { WaitableSet } from './waitable.ts';

/** Continues a blocked thread; `cancelled` says whether a cancellation woke it. */
export type Continuation = (cancelled: boolean, thread: Thread) => void;

/** Says whether a waiting thread can continue. */
type Ready = (thread: Thread) => boolean;

/** What a thread waits for, as messages and traces tell it. */
export interface WaitReason {
  /** `waitable-set.wait`, `stream.read`, a called function. */
  readonly what: string;
  /** What of the instance must be free before the thread can continue. */
  readonly gate?: EntryGate;
}

/**
 * `lock`: the exclusive lock. `entry`: no backpressure. `locked-entry`: both. Threads behind the same gate are resumed
 * one after the other, so that opening it does not wake them all.
 */
export type EntryGate = 'lock' | 'entry' | 'locked-entry';

/**
 * A thread of a task (`CanonicalABI.md`, "Threads"). It is running, or suspended until another thread resumes it, or
 * waiting until its condition holds.
 *
 * The stack of a thread is either a stack that the platform suspends (see `stack/`), or none: a task with a callback
 * returns to the event loop instead, and continues by a closure.
 */
export class Thread {
  readonly task: Task;
  /** Tells the threads of a store apart, in the order in which they were made: for a scheduler. */
  readonly number: number;
  /** The index in the thread table of the instance; 0 before the thread has entered it. */
  index = 0;
  /** Thread-local storage for `context.get` and `context.set`. */
  slot0: CoreValue = 0;
  slot1: CoreValue = 0;
  /** Whether a cancellation of the task may wake the thread. */
  cancellable = false;
  /** True while the running core function of the thread is on a stack that can be suspended. */
  onStack = false;
  /** The thread that was running when this one began, for tasks that run to their end at once. */
  caller: Thread | undefined = undefined;
  /** Says what the thread waits for, while it is blocked. */
  reason: WaitReason | undefined = undefined;
  #continuation: Continuation | undefined = undefined;
  /** The set for whose events the thread waits in its callback. */
  awaited: WaitableSet | undefined = undefined;
  #ready: Ready | undefined = undefined;

  constructor(task: Task, number: number) {
    this.task = task;
    this.number = number;
  }

  /** True while the thread is blocked and nothing but another thread resumes it. */
  get isSuspended(): boolean {
    return this.#continuation !== undefined && this.#ready === undefined;
  }

  /** What a blocked thread waits for, as messages and traces tell it. */
  get waitsFor(): string {
    const what = this.reason?.what ?? 'another thread';
    return this.awaited === undefined ? what : `${what} of ${this.awaited.description}`;
  }

  /** What must be open before the thread can continue. */
  get gate(): EntryGate | undefined {
    return this.reason?.gate;
  }

  get isWaiting(): boolean {
    return this.#ready !== undefined;
  }

  get isReady(): boolean {
    return this.#ready !== undefined && this.#ready(this);
  }

  /** Blocks until another thread resumes this one. */
  suspend(cancellable: boolean, reason: WaitReason, continuation: Continuation): void {
    this.#block(cancellable, reason, continuation);
    this.task.store.observer?.blocked(this);
  }

  #block(cancellable: boolean, reason: WaitReason, continuation: Continuation): void {
    this.cancellable = cancellable;
    this.reason = reason;
    this.#continuation = continuation;
  }

  /** Blocks until a condition holds. Whatever may make it hold must call `nudge`. */
  wait(cancellable: boolean, reason: WaitReason, ready: Ready, continuation: Continuation): void {
    this.#block(cancellable, reason, continuation);
    this.startWaiting(ready);
    this.task.store.observer?.blocked(this);
  }

  /** Lets a suspended thread wait. */
  startWaiting(ready: Ready): void {
    this.#ready = ready;
    this.task.store.startedWaiting(this);
  }

  /** Lets a waiting thread become suspended. */
  stopWaiting(): void {
    this.#ready = undefined;
    this.task.store.stoppedWaiting(this);
  }

  /** The thread may have become ready. */
  nudge(): void {
    this.task.store.nudge(this);
  }

  /** Ends the blocking and returns how the thread continues. */
  takeContinuation(): Continuation {
    const continuation = this.#continuation!;
    if (this.#ready !== undefined) this.stopWaiting();
    this.#continuation = undefined;
    this.reason = undefined;
    this.cancellable = false;
    return continuation;
  }
}
