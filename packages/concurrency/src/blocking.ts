import { Trap } from '@wit-ts/abi';
import type { Store } from './store.ts';
import { driveUntil } from './synchronous-calls.ts';
import type { CoreValue, Reason } from './thread.ts';

/** How a built-in waits. */
export interface Waiting {
  readonly cancellable: boolean;
  readonly reason: Reason;
  /** Whether the built-in can continue. Whatever may make it true nudges the thread. */
  readonly ready: () => boolean;
  /** Returns the result of the built-in. */
  readonly finish: (cancelled: boolean) => CoreValue | undefined;
  /** Called when the thread starts to wait, and when it stops. */
  readonly started?: () => void;
  readonly stopped?: () => void;
  /** A value of the type of the core function's result, which core wasm does not see. */
  readonly dummy?: CoreValue;
}

/**
 * Lets the running thread wait inside a built-in (`Thread.wait_until` in `CanonicalABI.md`). Without a stack that can be
 * suspended, a task that is not asynchronous runs other threads of its instance meanwhile.
 *
 * @throws Trap when the thread would block and cannot
 */
export function waitUntil(store: Store, waiting: Waiting): CoreValue | undefined {
  const thread = store.current;
  const { cancellable, ready, finish, reason } = waiting;
  if (thread.task.deliverPendingCancel(cancellable)) return finish(true);
  const mustSwitch = store.scheduler !== undefined || (thread.onStack && !store.mayContinue);
  if (!mustSwitch && ready()) return finish(false);
  if (thread.onStack) {
    waiting.started?.();
    return block(store, waiting);
  }
  if (thread.task.lift.isAsyncType) {
    if (ready()) return finish(false);
    throw new Trap(cannotSuspend(store, reason.what, thread.task.lift.name));
  }
  waiting.started?.();
  driveUntil(store, thread, ready, reason);
  waiting.stopped?.();
  return finish(false);
}

function block(store: Store, waiting: Waiting): CoreValue | undefined {
  const thread = store.current;
  return store.stacks.block(
    (continuation) => thread.wait(waiting.cancellable, waiting.reason, waiting.ready, continuation),
    (cancelled) => {
      // A synchronous call of the host may have come first.
      if (!cancelled && !waiting.ready()) return block(store, waiting);
      waiting.stopped?.();
      return waiting.finish(cancelled);
    },
    waiting.dummy,
  );
}

function cannotSuspend(store: Store, what: string, name: string): string {
  return store.stacks.isAvailable
    ? `\`${name}\` would block in ${what}, and a function of JavaScript is on its stack`
    : `\`${name}\` would block in ${what}, and this platform cannot suspend the stack of a component: ` +
        'use Node 24, Deno, Bun, Chromium or another platform with JavaScript Promise Integration';
}
