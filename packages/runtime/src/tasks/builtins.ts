import type { CoreFunction } from '@wit-ts/abi';
import {
  backpressure,
  contextGet,
  contextSet,
  copy,
  copyCancel,
  copyDrop,
  copyNew,
  errorContextDebugMessage,
  errorContextDrop,
  errorContextNew,
  type MessageCodec,
  type Store,
  subtaskCancel,
  subtaskDrop,
  taskCancel,
  taskReturn,
  threadIndex,
  threadNewIndirect,
  threadResumeLater,
  threadSuspend,
  threadThenPromote,
  threadThenResume,
  threadYield,
  waitableJoin,
  waitableSetDrop,
  waitableSetNew,
  waitableSetPoll,
  waitableSetWait,
} from '@wit-ts/concurrency';
import type { PlanLift } from '@wit-ts/plan';
import type { InstanceState } from '../instance/instance-state.ts';
import type { TaskBuiltin } from '../wiring/wiring.ts';
import { builtinSignature } from './builtin-signature.ts';
import { returnsMismatch } from './returns.ts';
import type { TaskValues } from './values.ts';

/** Makes the core functions of built-ins of tasks, streams and futures for one instance of a component. */
export class TaskBuiltins {
  readonly #state: InstanceState;
  readonly #store: Store;
  readonly #values: TaskValues;

  constructor(state: InstanceState, store: Store, values: TaskValues) {
    this.#state = state;
    this.#store = store;
    this.#values = values;
  }

  make(wiring: TaskBuiltin): CoreFunction {
    const core = this.#plain(wiring);
    return wiring.waits ? this.#store.stacks.suspending(core, builtinSignature(wiring.builtin)) : core;
  }

  #plain(wiring: TaskBuiltin): CoreFunction {
    const { canon } = wiring.builtin;
    const [store, instance] = [this.#store, this.#state.instance(wiring.instance)];
    switch (canon.tag) {
      case 'context.get':
        return contextGet(store, canon.slot, canon.type);
      case 'context.set':
        return contextSet(store, canon.slot);
      case 'backpressure.inc':
        return backpressure(store, instance, 1);
      case 'backpressure.dec':
        return backpressure(store, instance, -1);
      case 'task.return':
        return this.#taskReturn(wiring);
      case 'task.cancel':
        return taskCancel(store, instance);
      case 'subtask.cancel':
        return subtaskCancel(store, instance, canon.async);
      case 'subtask.drop':
        return subtaskDrop(instance);
      case 'waitable-set.new':
        return waitableSetNew(instance);
      case 'waitable-set.wait':
        return waitableSetWait(store, instance, this.#values.memory(wiring), canon.cancellable);
      case 'waitable-set.poll':
        return waitableSetPoll(store, instance, this.#values.memory(wiring), canon.cancellable);
      case 'waitable-set.drop':
        return waitableSetDrop(instance);
      case 'waitable.join':
        return waitableJoin(instance);
      case 'error-context.new':
        return errorContextNew(instance, this.#messages(wiring));
      case 'error-context.debug-message':
        return errorContextDebugMessage(instance, this.#messages(wiring));
      case 'error-context.drop':
        return errorContextDrop(instance);
      default:
        return this.#thread(wiring) ?? this.#copy(wiring);
    }
  }

  #taskReturn(wiring: TaskBuiltin): CoreFunction {
    const { type, options } = wiring.builtin;
    const known = new Map<object, string | undefined>();
    let last: object | undefined;
    let lastMismatch: string | undefined;
    return taskReturn(this.#store, this.#state.instance(wiring.instance), (lift) => {
      if (lift === last) return lastMismatch;
      if (!known.has(lift)) known.set(lift, returnsMismatch(this.#state, type, options!, lift as PlanLift));
      last = lift;
      lastMismatch = known.get(lift);
      return lastMismatch;
    });
  }

  /** Error contexts have a message, which passes as a string. */
  #messages(wiring: TaskBuiltin): MessageCodec {
    const spec = wiring.message!;
    return wiring.builtin.canon.tag === 'error-context.new'
      ? { lift: liftMessage(this.#values.liftFlat(spec, wiring)), lower: () => undefined }
      : { lift: () => '', lower: lowerMessage(this.#values.lowerFlat(spec, wiring)) };
  }

  #thread({ builtin: { canon, table }, instance: index }: TaskBuiltin): CoreFunction | undefined {
    const [store, instance] = [this.#store, this.#state.instance(index)];
    switch (canon.tag) {
      case 'thread.index':
        return threadIndex(store, instance);
      case 'thread.new-indirect':
        return threadNewIndirect(store, instance, this.#state.core(table!) as WebAssembly.Table);
      case 'thread.resume-later':
        return threadResumeLater(store, instance);
      case 'thread.yield':
        return threadYield(store, instance, canon.cancellable);
      case 'thread.suspend':
        return threadSuspend(store, instance, canon.cancellable);
      case 'thread.suspend-then-resume':
        return threadThenResume({ store, instance, cancellable: canon.cancellable, leaves: 'suspend' });
      case 'thread.yield-then-resume':
        return threadThenResume({ store, instance, cancellable: canon.cancellable, leaves: 'yield' });
      case 'thread.suspend-then-promote':
        return threadThenPromote({ store, instance, cancellable: canon.cancellable, leaves: 'suspend' });
      case 'thread.yield-then-promote':
        return threadThenPromote({ store, instance, cancellable: canon.cancellable, leaves: 'yield' });
      default:
        return undefined;
    }
  }

  #copy(wiring: TaskBuiltin): CoreFunction {
    const { canon, type: declared, options } = wiring.builtin;
    const type = this.#values.types.of(declared!);
    const instance = this.#state.instance(wiring.instance);
    const isAsync = 'async' in canon ? canon.async : options?.canonical.async === true;
    const isWide = type.tag === 'stream' && options?.canonical.memory === 'i64';
    const builtin = { store: this.#store, instance, type, isAsync, isWide };
    switch (canon.tag) {
      case 'stream.new':
      case 'future.new':
        return copyNew(instance, type);
      case 'stream.read':
      case 'future.read':
        return copy({ ...builtin, side: 'read' }, this.#values.elements(type, options!, wiring, canon.tag));
      case 'stream.write':
      case 'future.write':
        return copy({ ...builtin, side: 'write' }, this.#values.elements(type, options!, wiring, canon.tag));
      case 'stream.cancel-read':
      case 'future.cancel-read':
        return copyCancel({ ...builtin, side: 'read' });
      case 'stream.cancel-write':
      case 'future.cancel-write':
        return copyCancel({ ...builtin, side: 'write' });
      case 'stream.drop-readable':
      case 'future.drop-readable':
        return copyDrop({ ...builtin, side: 'read' });
      case 'stream.drop-writable':
      case 'future.drop-writable':
        return copyDrop({ ...builtin, side: 'write' });
      default:
        throw new TypeError(`the built-in \`${canon.tag}\` is not supported`);
    }
  }
}

function liftMessage(lift: ReturnType<TaskValues['liftFlat']>): MessageCodec['lift'] {
  return (flat) => lift(flat, [])[0] as string;
}

function lowerMessage(lower: ReturnType<TaskValues['lowerFlat']>): MessageCodec['lower'] {
  return (message, into) => void lower([message], { borrows: 0 }, into);
}
