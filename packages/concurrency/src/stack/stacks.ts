import { type ComponentInstance, type CoreFunction, type CoreValue, raise } from '@wit-ts/abi';
import type { Blocking, Finish } from '../blocking.ts';
import type { Store } from '../store.ts';
import type { Thread } from '../thread.ts';
import { compiledStackModule, type CoreSignature, type StackModule, stackModuleKey } from './modules.ts';
import { PendingTrap } from './pending-trap.ts';
import { compilesModules, suspension } from './platform.ts';
import { Turn } from './turn.ts';

/** Compiled modules by their keys. */
type GivenStackModules = ReadonlyMap<string, WebAssembly.Module>;

/** A core function that runs on a stack of its own. */
interface Run {
  readonly thread: Thread;
  isDone: boolean;
  result: CoreValue | undefined;
  /** True once the stack was suspended: its end is then known by a promise. */
  wasSuspended: boolean;
}

/** How a blocked stack continues. */
interface Blocked {
  readonly thread: Thread;
  readonly finish: Finish;
  readonly continued: Promise<void>;
}

/** The stacks as the store and what runs in it use them. */
export type StoreStacks = Pick<Stacks, keyof Stacks>;

/** Makes the stacks of a store. */
export type MakeStacks = (store: Store) => StoreStacks;

/** Lets a store suspend stacks. @param given see the constructor of `Stacks` */
export function suspendedStacks(given?: GivenStackModules): MakeStacks {
  return (store) => new Stacks(store, given);
}

/**
 * The suspended stacks of a store, by JavaScript Promise Integration: `WebAssembly.promising` starts a core function on
 * a stack of its own, and an import that is `WebAssembly.Suspending` suspends it until a promise resolves.
 */
class Stacks {
  readonly #store: Store;
  readonly #given: GivenStackModules | undefined;
  /** Whether there are modules for stacks: given, or compiled when they are needed. */
  readonly #hasModules: boolean;
  readonly #platform: ReturnType<typeof suspension>;
  readonly #starters = new WeakMap<CoreFunction, (...args: CoreValue[]) => Promise<unknown>>();
  readonly #runs = new WeakMap<Thread, Run>();
  readonly #turns = new WeakMap<Thread, Turn>();
  /** Continues each suspended stack that nothing has continued yet. */
  readonly #suspended = new Set<() => void>();
  /** The instance of the thread that blocked last. */
  #instance: ComponentInstance | undefined = undefined;
  /** How many turns last longer than the function that started them. */
  #heldTurns = 0;
  /** The turn that a thread began to need while its first function ran. */
  #newTurn: Turn | undefined = undefined;
  /** Set from the moment in which a built-in blocks until its stack is suspended. */
  #flag: WebAssembly.Global | undefined = undefined;
  #suspend: WebAssembly.ImportValue | undefined = undefined;
  #blocking: Blocked | undefined = undefined;
  /** The stack that the platform is about to continue. */
  #resuming:
    | {
        readonly blocked: Blocked;
        readonly cancelled: boolean;
        readonly entered: readonly ComponentInstance[];
      }
    | undefined = undefined;

  /** @param given modules that were compiled before, for platforms that compile none while they run */
  constructor(store: Store, given?: GivenStackModules) {
    this.#store = store;
    this.#given = given;
    this.#hasModules = given !== undefined || compilesModules();
    this.#platform = this.#hasModules ? suspension() : undefined;
  }

  /** Whether the platform could suspend stacks if it had compiled modules for that. */
  get lacksModules(): boolean {
    return !this.#hasModules && suspension() !== undefined;
  }

  /** Whether the platform can suspend stacks. */
  get isAvailable(): boolean {
    return this.#platform !== undefined;
  }

  /** True while a suspended stack is about to continue, or runs. The event loop then resumes nothing else. */
  get isHeld(): boolean {
    return this.#heldTurns > 0;
  }

  /**
   * Returns a built-in for core wasm that can block inside: `plain` may return the result of `block` or `pass`.
   *
   * @param signature the type of the core function
   */
  suspending(plain: CoreFunction, signature: CoreSignature): CoreFunction {
    const platform = this.#platform;
    if (platform === undefined) return plain;
    this.#flag ??= new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
    this.#suspend ??= new platform.Suspending(() => {
      this.#flag!.value = 0;
      return this.#blocking!.continued;
    });
    const resumed = (): CoreValue | undefined => this.#resumed();
    return this.#instantiate(
      { use: 'suspending', signature },
      {
        plain,
        resumed,
        suspend: this.#suspend,
        blocked: this.#flag,
      },
    );
  }

  #instantiate(module: StackModule, imports: WebAssembly.ModuleImports): CoreFunction {
    const given = this.#given?.get(stackModuleKey(module));
    if (given === undefined && this.#given !== undefined && !compilesModules())
      throw new TypeError(
        'the modules for suspended stacks do not belong to the option `suspend`, and this platform compiles no ' +
          'WebAssembly while it runs: use `stackModules(bytes, { suspend: true })` when the component is deployed',
      );
    const compiled = given ?? compiledStackModule(module);
    return new WebAssembly.Instance(compiled, { '': imports }).exports[''] as CoreFunction;
  }

  /**
   * Calls a core function on a stack of its own. `then` receives its result when it returns, which may be before this
   * function returns.
   *
   * @throws Trap when the core function traps before it blocks
   */
  run(
    core: CoreFunction,
    signature: CoreSignature,
    args: readonly CoreValue[],
    thread: Thread,
    then: (result: CoreValue | undefined) => void,
  ): void {
    const run: Run = { thread, isDone: false, result: undefined, wasSuspended: false };
    this.#runs.set(thread, run);
    thread.onStack = true;
    const ended = this.#starter(core, signature)(...args);
    if (run.isDone) {
      thread.onStack = false;
      then(run.result);
      this.#settleTurn(thread);
      return;
    }
    if (!run.wasSuspended) {
      const trap = new PendingTrap(thread.task, ended);
      throw thread.task.state.instance.failure ?? trap;
    }
    ended.then(
      () => this.#ended(run, then),
      (error: unknown) => this.#store.fail(error, thread.task),
    );
  }

  /** Like `run`, but on the present stack if the platform has no others. */
  start(
    core: CoreFunction,
    signature: CoreSignature,
    args: readonly CoreValue[],
    thread: Thread,
    then: (result: CoreValue | undefined) => void,
  ): void {
    if (this.isAvailable) this.run(core, signature, args, thread, then);
    else then(core(...args));
  }

  /** Whether a core function has a type. Without modules for stacks, only the number of parameters counts. */
  hasType(core: CoreFunction, signature: CoreSignature): boolean {
    if (!this.#hasModules) return core.length === signature.params.length;
    try {
      this.#starter(core, signature);
      return true;
    } catch (error) {
      if (error instanceof WebAssembly.LinkError || error instanceof TypeError) return false;
      throw error;
    }
  }

  #starter(core: CoreFunction, signature: CoreSignature): (...args: CoreValue[]) => Promise<unknown> {
    let starter = this.#starters.get(core);
    if (starter === undefined) {
      const done = (result?: CoreValue): void => this.#done(result);
      const starting = this.#instantiate({ use: 'starting', signature }, { core, done });
      starter = this.#platform?.promising(starting) ?? (starting as unknown as typeof starter)!;
      this.#starters.set(core, starter);
    }
    return starter;
  }

  /** The core function has returned, and its stack is about to end. */
  #done(result: CoreValue | undefined): void {
    const run = this.#runs.get(this.#store.current)!;
    run.isDone = true;
    run.result = result;
    if (run.wasSuspended) this.#store.switchTo(undefined);
  }

  #ended({ thread, result }: Run, then: (result: CoreValue | undefined) => void): void {
    if (this.#store.failure !== undefined) return;
    thread.onStack = false;
    try {
      this.#store.runAs(thread, () => then(result));
    } catch (error) {
      this.#store.fail(error, thread.task);
      return;
    }
    this.#settleTurn(thread);
  }

  /** Ends the turn of a thread that has ended or blocked, but not of one whose stack is about to continue. */
  #settleTurn(thread: Thread): void {
    if (!thread.onStack || thread.isSuspended || thread.isWaiting) this.#pause(thread);
  }

  /** Blocks the running thread in a built-in. Returns a value for core wasm that it does not see. */
  block({ begin, finish, next, dummy = 0 }: Blocking): CoreValue {
    const [blocked, resolve] = this.#blockRunning(finish);
    const { thread } = blocked;
    begin((cancelled) => this.#continue(blocked, cancelled, thread.task.state.path, resolve));
    if (next === undefined) this.#pause(thread);
    else this.#giveTurn(thread, next);
    return this.#flagged(blocked, dummy);
  }

  /**
   * Blocks the running thread in a built-in until `resume` is called, in the same turn: the thread waits for nothing
   * but the end of something that the specification does at once.
   */
  pass(begin: (resume: () => void) => void, finish: Finish, dummy: CoreValue = 0): CoreValue {
    const [blocked, resolve] = this.#blockRunning(finish);
    this.#turnOf(blocked.thread);
    begin(() => this.#continue(blocked, false, [], resolve));
    return this.#flagged(blocked, dummy);
  }

  #blockRunning(finish: Finish): [blocked: Blocked, resolve: () => void] {
    const thread = this.#store.current;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#suspended.add(resolve);
    this.#instance = thread.task.state.instance;
    this.#store.switchTo(undefined);
    return [{ thread, finish, continued: promise }, resolve];
  }

  /** Tells the shim that the built-in blocks. This comes last, because other stacks may have blocked meanwhile. */
  #flagged(blocked: Blocked, dummy: CoreValue): CoreValue {
    this.#runs.get(blocked.thread)!.wasSuspended = true;
    this.#blocking = blocked;
    this.#flag!.value = 1;
    return dummy;
  }

  /** Gives the turn of a thread that is blocked to another thread, which runs in its place. */
  #giveTurn(from: Thread, to: Thread): void {
    const turn = this.#turnOf(from);
    this.#turns.delete(from);
    this.#turns.set(to, turn);
    this.#store.observer?.resumed(to, false);
    const continuation = to.takeContinuation();
    if (to.onStack) continuation(false, to);
    else {
      // What the other thread starts has turns of its own. The turn of the blocked thread is for whoever started that.
      const newTurn = this.#newTurn;
      this.#newTurn = undefined;
      this.#store.runAs(to, continuation);
      this.#newTurn = newTurn;
    }
    this.#settleTurn(to);
  }

  #continue(
    blocked: Blocked,
    cancelled: boolean,
    entered: readonly ComponentInstance[],
    resolve: () => void,
  ): void {
    this.#resuming = { blocked, cancelled, entered };
    this.#suspended.delete(resolve);
    resolve();
  }

  /**
   * Ends the suspended stacks of a store that has failed: each continues with a trap. Otherwise the platform would keep
   * them for ever, and with them everything that they refer to.
   */
  end(): void {
    for (const resume of this.#suspended) resume();
    this.#suspended.clear();
  }

  /** Called by core wasm when its stack continues. */
  #resumed(): CoreValue | undefined {
    const { failure } = this.#store;
    if (failure !== undefined) return raise(this.#instance!, failure);
    const { blocked, cancelled, entered } = this.#resuming!;
    const { thread } = blocked;
    this.#store.switchTo(thread);
    for (const each of entered) each.mayEnter = false;
    return blocked.finish(cancelled);
  }

  /** Begins the turn of a thread whose suspended stack continues. */
  begin(thread: Thread, paused: () => void): void {
    const turn = this.#turnOf(thread);
    this.#newTurn = undefined;
    this.#hold(turn, paused);
  }

  #turnOf(thread: Thread): Turn {
    let turn = this.#turns.get(thread);
    if (turn === undefined) {
      turn = new Turn();
      this.#turns.set(thread, turn);
      this.#newTurn = turn;
    }
    return turn;
  }

  #hold(turn: Turn, paused: () => void): void {
    this.#heldTurns += 1;
    turn.whenOver(() => {
      this.#heldTurns -= 1;
      paused();
      this.#store.schedule();
    });
  }

  /** Whether the thread that was started last has paused. */
  get hasPaused(): boolean {
    return this.#newTurn === undefined;
  }

  /** Calls `paused` when the thread that was started last has paused: now, unless its turn goes on. */
  afterStart(paused: () => void): void {
    const turn = this.#newTurn;
    this.#newTurn = undefined;
    if (turn === undefined) paused();
    else this.#hold(turn, paused);
  }

  #pause(thread: Thread): void {
    const turn = this.#turns.get(thread);
    if (turn === undefined) return;
    this.#turns.delete(thread);
    turn.end();
  }
}
