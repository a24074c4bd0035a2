import { cannotLeave, type ComponentInstance, type CoreFunction, type CoreValue, Trap } from '@wit-ts/abi';
import { blockThread, waitUntil } from '../blocking.ts';
import type { CoreSignature } from '../stack/modules.ts';
import type { Store } from '../store.ts';
import type { Thread } from '../thread.ts';
import { coreFunction } from './core-function.ts';

/** `canon thread.index` (`CanonicalABI.md`). */
export function threadIndex(store: Store, instance: ComponentInstance): CoreFunction {
  return coreFunction(instance, 'thread.index', () => {
    if (!instance.mayLeave) throw cannotLeave();
    return store.current.index;
  });
}

/** `canon thread.new-indirect`: makes a suspended thread that will call a function of a table. */
export function threadNewIndirect(
  store: Store,
  instance: ComponentInstance,
  table: WebAssembly.Table,
): CoreFunction {
  return coreFunction(instance, 'thread.new-indirect', (index, argument) => {
    if (!instance.mayLeave) throw cannotLeave();
    const core = functionAt(table, index!);
    const signature = typeof argument === 'bigint' ? TAKES_I64 : TAKES_I32;
    if (!store.stacks.hasType(core, signature))
      throw new Trap(
        `the function at table index ${unsigned(index!)} cannot start a thread: its type is another one`,
      );
    const { task } = store.current;
    const thread = store.newThread(task);
    const { madeThreads } = task.state;
    const made = madeThreads.add(thread);
    task.registerThread(thread);
    thread.suspend(false, { what: 'another thread to resume it' }, () => {
      store.stacks.start(core, signature, [argument!], thread, () => {
        madeThreads.free(made);
        task.unregisterThread(thread);
      });
    });
    return thread.index;
  });
}

const TAKES_I32: CoreSignature = { params: ['i32'], results: [] };
const TAKES_I64: CoreSignature = { params: ['i64'], results: [] };

function functionAt(table: WebAssembly.Table, index: CoreValue): CoreFunction {
  let found: unknown;
  try {
    // A table with 64-bit indices takes a bigint.
    found = table.get((typeof index === 'bigint' ? index : index >>> 0) as number);
  } catch (error) {
    throw new Trap(`table index ${unsigned(index)} is out of bounds`, { cause: error });
  }
  if (typeof found !== 'function') throw new Trap(`there is no function at table index ${unsigned(index)}`);
  return found as CoreFunction;
}

function unsigned(index: CoreValue): string {
  return String(typeof index === 'bigint' ? BigInt.asUintN(64, index) : index >>> 0);
}

/** `canon thread.resume-later`. */
export function threadResumeLater(store: Store, instance: ComponentInstance): CoreFunction {
  return coreFunction(instance, 'thread.resume-later', (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    suspendedAt(store, instance, index as number).startWaiting(always);
    return undefined;
  });
}

/** `canon thread.yield`: returns 1 when the task was told to cancel. */
export function threadYield(store: Store, instance: ComponentInstance, cancellable: boolean): CoreFunction {
  return coreFunction(instance, 'thread.yield', () => {
    if (!instance.mayLeave) throw cannotLeave();
    return waitUntil(store, {
      cancellable,
      reason: { what: 'its turn in `thread.yield`' },
      ready: always,
      finish: Number,
      yields: true,
    });
  });
}

/** `canon thread.suspend`. */
export function threadSuspend(store: Store, instance: ComponentInstance, cancellable: boolean): CoreFunction {
  return coreFunction(instance, 'thread.suspend', () => {
    if (!instance.mayLeave) throw cannotLeave();
    return suspend(store, cancellable, 'thread.suspend');
  });
}

function suspend(store: Store, cancellable: boolean, what: string): CoreValue | undefined {
  const thread = store.current;
  if (thread.task.deliverPendingCancel(cancellable)) return 1;
  const reason = suspendedIn(what);
  return blockThread(store, {
    what: reason.what,
    begin: (continuation) => thread.suspend(cancellable, reason, continuation),
    finish: Number,
  });
}

/** How a thread gives control to another one. */
interface Switch {
  readonly store: Store;
  readonly instance: ComponentInstance;
  readonly cancellable: boolean;
  /** `yield`: the thread stays ready. `suspend`: another thread has to resume it. */
  readonly leaves: 'yield' | 'suspend';
}

/** `canon thread.suspend-then-resume` and `canon thread.yield-then-resume`. */
export function threadThenResume(how: Switch): CoreFunction {
  const { store, instance, cancellable, leaves } = how;
  return coreFunction(instance, `thread.${leaves}-then-resume`, (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    const other = suspendedAt(store, instance, index as number);
    if (store.current.task.deliverPendingCancel(cancellable)) return 1;
    return switchTo(how, other, `thread.${leaves}-then-resume`);
  });
}

/** `canon thread.suspend-then-promote` and `canon thread.yield-then-promote`. */
export function threadThenPromote(how: Switch): CoreFunction {
  const { store, instance, cancellable, leaves } = how;
  const name = `thread.${leaves}-then-promote`;
  return coreFunction(instance, name, (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    const other = threadAt(store, instance, index as number);
    if (other === store.current) throw new Trap('a thread cannot promote itself');
    if (store.current.task.deliverPendingCancel(cancellable)) return 1;
    if (other.isReady) {
      other.stopWaiting();
      return switchTo(how, other, name);
    }
    if (leaves === 'suspend') return suspend(store, cancellable, name);
    return waitUntil(store, {
      cancellable,
      reason: suspendedIn(name),
      ready: always,
      finish: Number,
      yields: true,
    });
  });
}

/** `switch_to_internal`: the other thread runs in the turn of this one. */
function switchTo(
  { store, cancellable, leaves }: Switch,
  other: Thread,
  name: string,
): CoreValue | undefined {
  const thread = store.current;
  const reason = suspendedIn(name);
  return blockThread(store, {
    what: reason.what,
    begin: (continuation) => {
      if (leaves === 'suspend') thread.suspend(cancellable, reason, continuation);
      else thread.wait(cancellable, reason, always, continuation);
    },
    finish: Number,
    next: other,
  });
}

function suspendedIn(what: string): { readonly what: string } {
  return { what: `another thread, in \`${what}\`` };
}

const always = (): boolean => true;

/** @throws Trap when there is no thread at the index, or it is not suspended */
function suspendedAt(store: Store, instance: ComponentInstance, index: number): Thread {
  const thread = threadAt(store, instance, index);
  if (!thread.isSuspended) throw new Trap(`the thread at index ${index >>> 0} is not suspended`);
  return thread;
}

function threadAt(store: Store, instance: ComponentInstance, index: number): Thread {
  return store.instanceTasks(instance).threads.get(index) as Thread;
}
