import {
  cannotEnter,
  type ComponentInstance,
  type CoreFunction,
  type CoreValue,
  enteringSet,
  Trap,
} from '@wit-ts/abi';
import type { InstanceTasks } from './instance-tasks.ts';
import { RefusedArguments } from './refused-arguments.ts';
import type { CoreSignature } from './stack/modules.ts';
import type { Store } from './store.ts';
import { driveLater, driveSynchronously } from './synchronous-calls.ts';
import { Task, type TaskCaller } from './task.ts';
import type { Thread, WaitReason } from './thread.ts';
import { CANCELLED_EVENT, type Event, NO_EVENT, WaitableSet } from './waitable.ts';

/** What a `canon lift` consists of, bound to an instance. */
interface LiftedParts {
  /** The function in messages. */
  readonly name: string;
  readonly instance: ComponentInstance;
  readonly core: CoreFunction;
  readonly signature: CoreSignature;
  readonly callback: CoreFunction | undefined;
  readonly postReturn: CoreFunction | undefined;
  /** Whether the function's type is asynchronous. */
  readonly isAsyncType: boolean;
  /** The canonical option `async`: the result arrives by `task.return`. */
  readonly isAsync: boolean;
  /** Whether core code of the function may block inside a built-in, so that it needs a stack that can be suspended. */
  readonly mayBlock: boolean;
  /** What `task.return` is compared with: the type of the result, the string encoding and the memory. */
  readonly returns: object;
}

/** The type of a callback. */
const CALLBACK: CoreSignature = { params: ['i32', 'i32', 'i32'], results: ['i32'] };

/** `CallbackCode` of `CanonicalABI.md`, "canon lift". */
const EXIT = 0;
const YIELD = 1;
const WAIT = 2;

/**
 * A task whose next event is always there goes on without the event loop, but only for so many events: neither the
 * stack nor the patience of the host's timers is endless.
 */
const MOST_INSIDE = 32;

/** What a task with a callback waits for. */
const ITS_TURN: WaitReason = { what: 'its turn', gate: 'lock' };
const AN_EVENT: WaitReason = { what: 'an event', gate: 'lock' };

/** `canon lift` (`CanonicalABI.md`): a core function as something that is called with a task. */
export class CanonLift {
  readonly name: string;
  readonly state: InstanceTasks;
  readonly isAsyncType: boolean;
  readonly isAsync: boolean;
  readonly returns: object;
  /** `needs_exclusive`: only one such task at a time runs core code in an instance. */
  readonly needsExclusive: boolean;
  /** Whether the function returns to the event loop to wait, which calls it back. */
  readonly hasCallback: boolean;
  readonly #store: Store;
  readonly #parts: LiftedParts;
  /** The instance that called last, and what it entered. */
  #lastCaller: ComponentInstance | undefined = undefined;
  #lastEntered: readonly ComponentInstance[];
  readonly #needsStack: boolean;
  /** How many callbacks are called inside one another, because each found the next event there. */
  #callsInside = 0;
  readonly #entering = new Map<ComponentInstance | undefined, readonly ComponentInstance[]>();

  /** A function that only tells what is running: an engine calls its core function, and passes its values. */
  static plain(store: Store, name: string, instance: ComponentInstance): CanonLift {
    return new CanonLift(store, {
      name,
      instance,
      core: () => undefined,
      signature: { params: [], results: [] },
      callback: undefined,
      postReturn: undefined,
      isAsyncType: false,
      isAsync: false,
      mayBlock: false,
      returns: {},
    });
  }

  constructor(store: Store, parts: LiftedParts) {
    this.#store = store;
    this.#parts = parts;
    this.name = parts.name;
    this.state = store.instanceTasks(parts.instance);
    this.isAsyncType = parts.isAsyncType;
    this.isAsync = parts.isAsync;
    this.returns = parts.returns;
    this.hasCallback = parts.callback !== undefined;
    this.#lastEntered = enteringSet(this.state.instance, undefined);
    this.#needsStack = parts.mayBlock && store.stacks.isAvailable;
    this.needsExclusive = parts.isAsyncType && (!parts.isAsync || parts.callback !== undefined);
  }

  /** The instances that a call enters. @param from the calling instance; `undefined` for the host */
  entering(from: ComponentInstance | undefined): readonly ComponentInstance[] {
    if (from === this.#lastCaller) return this.#lastEntered;
    let entering = this.#entering.get(from);
    if (entering === undefined) {
      this.#entering.set(from, (entering = enteringSet(this.state.instance, from)));
    }
    this.#lastCaller = from;
    this.#lastEntered = entering;
    return entering;
  }

  /** Whether a call by the host has to wait, because code runs in an instance that it enters. */
  get isRunning(): boolean {
    return this.entering(undefined).some(({ mayEnter, failure }) => !mayEnter && failure === undefined);
  }

  /**
   * Starts a task, which runs until it blocks for the first time. Afterwards it has paused, unless a suspended stack
   * has to continue first: `Task.whenPaused` tells when. The task of a function whose type is not asynchronous is
   * resolved when it has paused.
   *
   * @param from the calling instance; `undefined` for the host
   * @throws Trap when the instance cannot be entered, or core code traps
   */
  call(caller: TaskCaller, from: ComponentInstance | undefined): Task {
    const entered = this.entering(from);
    for (const each of entered) if (!each.mayEnter) throw cannotEnter(each, this.name);
    for (const each of entered) each.mayEnter = false;
    const store = this.#store;
    const task = new Task(store, this, caller);
    const thread = task.implicitThread;
    const previous = store.switchTo(thread);
    try {
      this.#enter(task, thread);
    } catch (error) {
      throw task.failed(error);
    } finally {
      store.switchTo(previous);
    }
    if (this.isAsyncType && store.stacks.hasPaused) {
      store.leave(entered);
      task.paused();
    } else this.#whenPaused(task, entered);
    return task;
  }

  #whenPaused(task: Task, entered: readonly ComponentInstance[]): void {
    const store = this.#store;
    const paused = (): void => {
      store.leave(entered);
      task.paused();
    };
    let isLater = false;
    store.stacks.afterStart(() => {
      if (this.isAsyncType) paused();
      else if (isLater) driveLater(store, task, paused);
      else if (driveSynchronously(store, task, paused)) paused();
    });
    isLater = true;
  }

  /** `enter_implicit_thread`. */
  #enter(task: Task, thread: Thread): void {
    const { state } = this;
    if (!this.isAsyncType) {
      this.#start(task, thread);
      return;
    }
    const gate = this.needsExclusive ? 'locked-entry' : 'entry';
    if (state.isOpen(gate) && state.waitingToEnter === 0) this.#start(task, thread);
    else this.#waitToEnter(task, thread, gate);
  }

  #waitToEnter(task: Task, thread: Thread, gate: 'locked-entry' | 'entry'): void {
    const { state } = this;
    state.waitingToEnter += 1;
    const reason = { what: `its turn to enter ${state.instance.name}`, gate } as const;
    thread.wait(
      true,
      reason,
      () => state.isOpen(gate),
      (cancelled) => {
        state.waitingToEnter -= 1;
        if (!cancelled) {
          this.#start(task, thread);
          return;
        }
        task.cancel();
        // The thread may have been the one that was told that the gate is open.
        state.nudgeNext();
      },
    );
  }

  #start(task: Task, thread: Thread): void {
    if (this.needsExclusive) this.state.lock(thread);
    task.registerThread(thread);
    const args = this.#arguments(task);
    if (args === undefined) {
      this.#exit(task, thread);
      return;
    }
    if (this.#needsStack) this.#startOnStack(task, thread, args);
    else this.#ran(task, thread, this.#parts.core(...args));
  }

  #startOnStack(task: Task, thread: Thread, args: readonly CoreValue[]): void {
    this.#run(this.#parts.core, this.#parts.signature, args, thread, (result) =>
      this.#ran(task, thread, result),
    );
  }

  /** Returns nothing when the host's arguments do not fit: the call then has not happened. */
  #arguments(task: Task): readonly CoreValue[] | undefined {
    try {
      return task.start();
    } catch (error) {
      if (!(error instanceof RefusedArguments)) throw error;
      task.ended();
      task.caller.failed(error.reason);
      return undefined;
    }
  }

  /** Calls a core function, on a stack of its own if it may block. */
  #run(
    core: CoreFunction,
    signature: CoreSignature,
    args: readonly CoreValue[],
    thread: Thread,
    then: (result: CoreValue | undefined) => void,
  ): void {
    if (this.#needsStack && (this.isAsyncType || thread.task.caller.mayWait))
      this.#store.stacks.run(core, signature, args, thread, then);
    else then(core(...args));
  }

  #ran(task: Task, thread: Thread, result: CoreValue | undefined): void {
    if (!this.isAsync) {
      task.return(result === undefined ? [] : [result]);
      this.#postReturn(task, thread, result);
    } else if (this.#parts.callback === undefined) this.#exit(task, thread);
    else this.#continue(task, thread, result as number);
  }

  #postReturn(task: Task, thread: Thread, result: CoreValue | undefined): void {
    const { postReturn } = this.#parts;
    const { instance } = this.state;
    if (postReturn !== undefined) {
      instance.mayLeave = false;
      if (result === undefined) postReturn();
      else postReturn(result);
      instance.mayLeave = true;
    }
    this.#exit(task, thread);
  }

  /** `exit_implicit_thread`. */
  #exit(task: Task, thread: Thread): void {
    task.unregisterThread(thread);
    if (this.needsExclusive) this.state.unlock();
  }

  /** Does what the callback code says, until the task ends or blocks. */
  #continue(task: Task, thread: Thread, packed: number): void {
    const code = packed & 0xf;
    if (code === EXIT) {
      this.#exit(task, thread);
      return;
    }
    const { state } = this;
    state.unlock();
    if (code === YIELD) {
      this.#blocked(task, thread, ITS_TURN, undefined);
      return;
    }
    if (code !== WAIT) throw new Trap(`unsupported callback code: ${code}`);
    const set = state.instance.handles.get(packed >>> 4);
    if (!(set instanceof WaitableSet)) throw new Trap(`unknown waitable set ${packed >>> 4}`);
    this.#blocked(task, thread, AN_EVENT, set);
  }

  /** Blocks until the lock is free, and there is an event if the task waits for one. */
  #blocked(task: Task, thread: Thread, reason: WaitReason, set: WaitableSet | undefined): void {
    if (task.deliverPendingCancel(true)) {
      this.#callBack(task, thread, CANCELLED_EVENT);
      return;
    }
    thread.awaited = set;
    if (
      set !== undefined &&
      this.#callsInside < MOST_INSIDE &&
      this.#store.mayContinue &&
      this.#isReady(thread)
    ) {
      this.#callBackInside(task, thread, set.takePendingEvent());
      return;
    }
    set?.waiting.add(thread);
    thread.wait(true, reason, this.#isReady, this.#goOn);
  }

  /** Calls back inside the call that returned, which is on the stack until the callback returns. */
  #callBackInside(task: Task, thread: Thread, event: Event): void {
    this.#callsInside += 1;
    try {
      this.#callBack(task, thread, event);
    } finally {
      this.#callsInside -= 1;
    }
  }

  readonly #isReady = ({ awaited }: Thread): boolean =>
    this.state.isOpen('lock') && (awaited === undefined || awaited.hasPendingEvent);

  readonly #goOn = (cancelled: boolean, thread: Thread): void => {
    const { awaited } = thread;
    const event = cancelled ? CANCELLED_EVENT : (awaited?.takePendingEvent() ?? NO_EVENT);
    awaited?.waiting.delete(thread);
    this.#callBack(thread.task, thread, event);
  };

  #callBack(task: Task, thread: Thread, event: Event): void {
    this.state.lock(thread);
    if (this.#needsStack) {
      this.#callBackOnStack(task, thread, event);
      return;
    }
    const [code, index, payload] = event;
    this.#continue(task, thread, this.#parts.callback!(code, index, payload) as number);
  }

  #callBackOnStack(task: Task, thread: Thread, event: Event): void {
    this.#run(this.#parts.callback!, CALLBACK, event, thread, (packed) =>
      this.#continue(task, thread, packed as number),
    );
  }
}
