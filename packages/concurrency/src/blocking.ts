import { type CoreValue, Trap } from '@wit-ts/abi';
import type { Store } from './store.ts';
import { driveBlocked } from './synchronous-calls.ts';
import type { Continuation, WaitReason, Thread } from './thread.ts';

/** How a built-in blocks. */
export interface Blocking {
  /** Lets the running thread wait, or suspends it. */
  readonly begin: (continuation: Continuation) => void;
  /** Returns the result of the built-in when the thread continues. */
  readonly finish: Finish;
  /** What messages say that the thread waits for. */
  readonly what: string;
  /** The thread that gets the turn of the running thread. */
  readonly next?: Thread | undefined;
  /** A value of the type of the core function's result, which core wasm does not see. */
  readonly dummy?: CoreValue | undefined;
}

/** Returns the result of a built-in whose thread continues. */
export type Finish = (cancelled: boolean) => CoreValue | undefined;

/**
 * Blocks the running thread inside a built-in. Without a stack that can be suspended, a task that is not asynchronous
 * runs other threads of its instance meanwhile.
 *
 * @throws Trap when the thread cannot block
 */
export function blockThread(store: Store, blocking: Blocking): CoreValue | undefined {
  const thread = store.current;
  if (thread.onStack) return store.stacks.block(blocking);
  if (thread.task.lift.isAsyncType) throw cannotSuspend(store, thread, blocking.what);
  return blocking.finish(driveBlocked(store, thread, blocking.begin, blocking.next));
}

export function cannotSuspend(store: Store, { task }: Thread, what: string): Trap {
  const where = `\`${task.lift.name}\` of ${task.state.instance.name} would have to wait for ${what}`;
  return new Trap(`${where}, and ${whyNot(store)}`);
}

function whyNot({ stacks }: Store): string {
  if (stacks.isAvailable) return 'its stack cannot be suspended because a function of JavaScript is on it';
  if (stacks.lacksModules)
    return (
      'this platform compiles no WebAssembly while it runs: use `stackModules` of `@wit-ts/runtime/stack-modules` ' +
      'when the component is deployed, and `withStackModules` when it runs'
    );
  return (
    'this platform cannot suspend the stack of a component: use Node 24, Deno, Bun, Chromium or another platform ' +
    'with JavaScript Promise Integration'
  );
}

/** How a built-in waits. */
interface Waiting {
  readonly cancellable: boolean;
  readonly reason: WaitReason;
  /** Whether the built-in can continue. Whatever may make it true nudges the thread. */
  readonly ready: () => boolean;
  readonly finish: Finish;
  /** Called when the thread starts to wait, and when it stops. */
  readonly started?: () => void;
  readonly stopped?: () => void;
  readonly dummy?: CoreValue | undefined;
  /** Whether other threads get their turn even if the thread could continue. */
  readonly yields?: boolean;
}

/**
 * Lets the running thread wait inside a built-in for a condition (`Thread.wait_until` in `CanonicalABI.md`).
 *
 * @throws Trap when the thread would block and cannot
 */
export function waitUntil(store: Store, waiting: Waiting): CoreValue | undefined {
  const thread = store.current;
  const { cancellable, ready, finish, reason } = waiting;
  if (thread.task.deliverPendingCancel(cancellable)) return finish(true);
  const isBound = !thread.onStack && thread.task.lift.isAsyncType;
  const switches = waiting.yields === true || !store.mayContinue;
  const mustSwitch = store.scheduler !== undefined || (thread.onStack && switches);
  if ((isBound || !mustSwitch) && ready()) return finish(false);
  waiting.started?.();
  const wait = (): CoreValue | undefined =>
    blockThread(store, {
      what: reason.what,
      dummy: waiting.dummy,
      begin: (continuation) => thread.wait(cancellable, reason, ready, continuation),
      finish: (cancelled) => {
        // A synchronous call of the host may have come before a suspended stack continued.
        if (!cancelled && !ready()) return wait();
        waiting.stopped?.();
        return finish(cancelled);
      },
    });
  return wait();
}
