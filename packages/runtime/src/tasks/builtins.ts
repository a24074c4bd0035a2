import type { CoreFunction } from '@wit-ts/abi';
import {
  backpressure,
  contextGet,
  contextSet,
  copy,
  type CopyBuiltin,
  copyCancel,
  copyDrop,
  copyNew,
  errorContextDebugMessage,
  errorContextDrop,
  errorContextNew,
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
import { copyTypeOf } from './copy-types.ts';
import { elementsOfBuiltin } from './memory-elements.ts';
import { returnsMismatch } from './returns.ts';
import type { TaskValues } from './values.ts';

/** What built-ins are made of: the instance that they belong to, and its tasks. */
interface BuiltinParts {
  readonly state: InstanceState;
  readonly store: Store;
  readonly values: TaskValues;
}

/**
 * Makes the core function of a built-in. Each kind has its own function, so that a static module contains only those
 * that its component uses.
 */
export type MakeBuiltin = (parts: BuiltinParts, wiring: TaskBuiltin) => CoreFunction;

type Canon = TaskBuiltin['builtin']['canon'];

type CanonOf<Tag extends Canon['tag'], Each = Canon> = Each extends { readonly tag: infer Tags }
  ? Tag extends Tags
    ? Each
    : never
  : never;

/** The canonical definition of a built-in, whose tag is known. */
function canonOf<Tag extends Canon['tag']>({ builtin }: TaskBuiltin): CanonOf<Tag> {
  return builtin.canon as CanonOf<Tag>;
}

function instanceOf(
  { state }: BuiltinParts,
  { instance }: TaskBuiltin,
): ReturnType<InstanceState['instance']> {
  return state.instance(instance);
}

export const makeContextGet: MakeBuiltin = ({ store }, wiring) => {
  const { slot, type } = canonOf<'context.get'>(wiring);
  return contextGet(store, slot, type);
};

export const makeContextSet: MakeBuiltin = ({ store }, wiring) =>
  contextSet(store, canonOf<'context.set'>(wiring).slot);

export const makeBackpressure: MakeBuiltin = (parts, wiring) =>
  backpressure(
    parts.store,
    instanceOf(parts, wiring),
    wiring.builtin.canon.tag === 'backpressure.inc' ? 1 : -1,
  );

export const makeTaskReturn: MakeBuiltin = (parts, wiring) => {
  const { type, options } = wiring.builtin;
  const known = new Map<object, string | undefined>();
  let last: object | undefined;
  let lastMismatch: string | undefined;
  return taskReturn(parts.store, instanceOf(parts, wiring), (lift) => {
    if (lift === last) return lastMismatch;
    if (!known.has(lift)) known.set(lift, returnsMismatch(parts.state, type, options!, lift as PlanLift));
    last = lift;
    lastMismatch = known.get(lift);
    return lastMismatch;
  });
};

export const makeTaskCancel: MakeBuiltin = (parts, wiring) =>
  taskCancel(parts.store, instanceOf(parts, wiring));

export const makeSubtaskCancel: MakeBuiltin = (parts, wiring) =>
  subtaskCancel(parts.store, instanceOf(parts, wiring), canonOf<'subtask.cancel'>(wiring).async);

export const makeSubtaskDrop: MakeBuiltin = (parts, wiring) => subtaskDrop(instanceOf(parts, wiring));

export const makeWaitableSetNew: MakeBuiltin = (parts, wiring) => waitableSetNew(instanceOf(parts, wiring));

export const makeWaitableSetWait: MakeBuiltin = (parts, wiring) =>
  waitableSetWait(
    parts.store,
    instanceOf(parts, wiring),
    parts.values.memory(wiring),
    canonOf<'waitable-set.wait'>(wiring).cancellable,
  );

export const makeWaitableSetPoll: MakeBuiltin = (parts, wiring) =>
  waitableSetPoll(
    parts.store,
    instanceOf(parts, wiring),
    parts.values.memory(wiring),
    canonOf<'waitable-set.poll'>(wiring).cancellable,
  );

export const makeWaitableSetDrop: MakeBuiltin = (parts, wiring) => waitableSetDrop(instanceOf(parts, wiring));

export const makeWaitableJoin: MakeBuiltin = (parts, wiring) => waitableJoin(instanceOf(parts, wiring));

/** Error contexts have a message, which passes as a string. */
export const makeErrorContextNew: MakeBuiltin = (parts, wiring) => {
  const lift = parts.values.liftFlat(wiring.message!, wiring);
  return errorContextNew(instanceOf(parts, wiring), {
    lift: (flat) => lift(flat, [])[0] as string,
    lower: () => undefined,
  });
};

export const makeErrorContextDebugMessage: MakeBuiltin = (parts, wiring) => {
  const lower = parts.values.lowerFlat(wiring.message!, wiring);
  return errorContextDebugMessage(instanceOf(parts, wiring), {
    lift: () => '',
    lower: (message, into) => void lower([message], { borrows: 0 }, into),
  });
};

export const makeErrorContextDrop: MakeBuiltin = (parts, wiring) =>
  errorContextDrop(instanceOf(parts, wiring));

export const makeThreadIndex: MakeBuiltin = (parts, wiring) =>
  threadIndex(parts.store, instanceOf(parts, wiring));

export const makeThreadNewIndirect: MakeBuiltin = (parts, wiring) =>
  threadNewIndirect(
    parts.store,
    instanceOf(parts, wiring),
    parts.state.core(wiring.builtin.table!) as WebAssembly.Table,
  );

export const makeThreadResumeLater: MakeBuiltin = (parts, wiring) =>
  threadResumeLater(parts.store, instanceOf(parts, wiring));

export const makeThreadYield: MakeBuiltin = (parts, wiring) =>
  threadYield(parts.store, instanceOf(parts, wiring), canonOf<'thread.yield'>(wiring).cancellable);

export const makeThreadSuspend: MakeBuiltin = (parts, wiring) =>
  threadSuspend(parts.store, instanceOf(parts, wiring), canonOf<'thread.suspend'>(wiring).cancellable);

export const makeThreadThenResume: MakeBuiltin = (parts, wiring) =>
  threadThenResume(switching(parts, wiring));

export const makeThreadThenPromote: MakeBuiltin = (parts, wiring) =>
  threadThenPromote(switching(parts, wiring));

function switching(parts: BuiltinParts, wiring: TaskBuiltin): Parameters<typeof threadThenResume>[0] {
  const { tag, cancellable } = canonOf<'thread.suspend-then-resume'>(wiring);
  return {
    store: parts.store,
    instance: instanceOf(parts, wiring),
    cancellable,
    leaves: tag.startsWith('thread.suspend') ? 'suspend' : 'yield',
  };
}

/** `stream.new` and `future.new`. */
export const makeCopyNew: MakeBuiltin = (parts, wiring) =>
  copyNew(instanceOf(parts, wiring), copyTypeOf(parts.values, wiring.builtin.type!));

/** `stream.read`, `stream.write`, `future.read` and `future.write`. */
export const makeCopy: MakeBuiltin = (parts, wiring) => {
  const { type, options, canon } = wiring.builtin;
  const known = copyTypeOf(parts.values, type!);
  return copy(
    copyBuiltin(parts, wiring),
    elementsOfBuiltin(parts.values, known, options!, wiring, canon.tag),
  );
};

export const makeCopyCancel: MakeBuiltin = (parts, wiring) => copyCancel(copyBuiltin(parts, wiring));

export const makeCopyDrop: MakeBuiltin = (parts, wiring) => copyDrop(copyBuiltin(parts, wiring));

function copyBuiltin(parts: BuiltinParts, wiring: TaskBuiltin): CopyBuiltin {
  const { canon, type: declared, options } = wiring.builtin;
  const type = copyTypeOf(parts.values, declared!);
  return {
    store: parts.store,
    instance: instanceOf(parts, wiring),
    type,
    isAsync: 'async' in canon ? canon.async : options?.canonical.async === true,
    isWide: type.tag === 'stream' && options?.canonical.memory === 'i64',
    side: /read(able)?$/u.test(canon.tag) ? 'read' : 'write',
  };
}
