import { cannotLeave, type ComponentInstance, type CoreFunction, type CoreValue, Trap } from '@wit-ts/abi';
import { waitUntil } from '../blocking.ts';
import type { ElementCodec } from '../buffer.ts';
import { type CopyEnd, type CopyType, ReadableEnd, WritableEnd } from '../copy-end.ts';
import { type CopyKind, GuestCopy } from '../guest-copy.ts';
import { SharedFuture } from '../shared-future.ts';
import { SharedStream } from '../shared-stream.ts';
import type { Store } from '../store.ts';
import { FUTURE_READ, FUTURE_WRITE, STREAM_READ, STREAM_WRITE } from '../waitable.ts';
import { coreFunction } from './core-function.ts';
import { addressOf, BLOCKED, toUnsignedI64 } from './core-values.ts';
import { checkNotInSet } from './in-waitable-set.ts';

/** A built-in of streams and futures, bound to an instance. */
export interface CopyBuiltin {
  readonly store: Store;
  readonly instance: ComponentInstance;
  readonly type: CopyType;
  readonly side: 'read' | 'write';
  /** The canonical option `async`: the built-in returns `BLOCKED` instead of waiting. */
  readonly isAsync: boolean;
  /** Whether the result is an i64: that of `stream.read` and `stream.write` has the address type of the memory. */
  readonly isWide?: boolean;
}

/** Makes an i64 of two halves, with the only BigInt that is needed. */
const HALVES = /* @__PURE__ */ new Uint32Array(2);
const BOTH = /* @__PURE__ */ over(HALVES);

function over({ buffer }: Uint32Array<ArrayBuffer>): BigInt64Array {
  return new BigInt64Array(buffer);
}

/** `canon stream.new` and `canon future.new` (`CanonicalABI.md`): both ends in one i64. */
export function copyNew(instance: ComponentInstance, type: CopyType): CoreFunction {
  return coreFunction(instance, `${type.tag}.new`, () => {
    if (!instance.mayLeave) throw cannotLeave();
    const shared = type.tag === 'stream' ? new SharedStream(type) : new SharedFuture(type);
    const readable = instance.handles.add(new ReadableEnd(shared));
    const writable = instance.handles.add(new WritableEnd(shared));
    HALVES[0] = readable;
    HALVES[1] = writable;
    return BOTH[0];
  });
}

/**
 * `canon stream.read`, `stream.write`, `future.read` and `future.write`.
 *
 * @param elements absent when the type has no elements
 */
export function copy(builtin: CopyBuiltin, elements: ElementCodec | undefined): CoreFunction {
  const { store, instance, type, side, isAsync, isWide = false } = builtin;
  const isStream = type.tag === 'stream';
  const kind: CopyKind = { instance, elements, isStream, side, code: eventCode(builtin) };
  const name = `${type.tag}.${side}`;
  return coreFunction(instance, name, (index, ptr, count) => {
    if (!instance.mayLeave) throw cannotLeave();
    const end = endAt(builtin, index as number);
    if (end.state === 'done') throw new Trap(`cannot ${end.doneBecause}`);
    if (end.state !== 'idle') throw new Trap(`another operation of this ${end.kind} is under way`);
    if (!isAsync) checkNotInSet(end);
    let operation = end.copy;
    if (operation?.kind !== kind) end.copy = operation = new GuestCopy(kind, end);
    operation.start(index as number, addressOf(ptr!), isStream ? addressOf(count!) : 1);
    if (end.hasPendingEvent) {
      end.forgetPendingEvent();
      const result = operation.finish();
      return isWide ? toUnsignedI64(result) : result;
    }
    if (isAsync) return isWide ? toUnsignedI64(BLOCKED) : BLOCKED;
    return waitForCopy(store, end, name, isWide);
  });
}

function waitForCopy(store: Store, end: CopyEnd, what: string, isWide: boolean): CoreValue | undefined {
  const thread = store.current;
  return waitUntil(store, {
    cancellable: false,
    reason: { what: `\`${what}\`` },
    ready: () => end.hasPendingEvent,
    started: () => (end.syncWaiter = thread),
    stopped: () => (end.syncWaiter = undefined),
    finish: () => {
      const result = end.takePendingEvent()[2];
      return isWide ? toUnsignedI64(result) : result;
    },
    dummy: isWide ? 0n : 0,
  });
}

/** `canon stream.cancel-read`, `stream.cancel-write`, `future.cancel-read` and `future.cancel-write`. */
export function copyCancel(builtin: CopyBuiltin): CoreFunction {
  const { store, instance, type, side, isAsync } = builtin;
  const name = `${type.tag}.cancel-${side}`;
  return coreFunction(instance, name, (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    const end = endAt(builtin, index as number);
    if (end.state !== 'copying' || end.syncWaiter !== undefined)
      throw new Trap(`no operation of this ${end.kind} is under way that \`${name}\` could cancel`);
    if (!isAsync) checkNotInSet(end);
    end.state = 'cancelling';
    // A cancellation comes before a completion that has not been delivered: the caller knows what it asked for last.
    if (end.hasPendingEvent) end.copy!.cancelPending();
    else end.shared.cancel();
    if (end.hasPendingEvent) return end.takePendingEvent()[2];
    return isAsync ? BLOCKED : waitForCopy(store, end, name, false);
  });
}

/** `canon stream.drop-readable`, `stream.drop-writable`, `future.drop-readable` and `future.drop-writable`. */
export function copyDrop(builtin: CopyBuiltin): CoreFunction {
  const { instance, type, side } = builtin;
  return coreFunction(instance, `${type.tag}.drop-${side === 'read' ? 'readable' : 'writable'}`, (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    const end = endAt(builtin, index as number);
    instance.handles.free(index as number);
    end.drop();
    return undefined;
  });
}

function eventCode({ type, side }: CopyBuiltin): number {
  if (type.tag === 'stream') return side === 'read' ? STREAM_READ : STREAM_WRITE;
  return side === 'read' ? FUTURE_READ : FUTURE_WRITE;
}

/** @throws Trap when there is no such end at the index */
function endAt({ instance, type, side }: CopyBuiltin, index: number): ReadableEnd | WritableEnd {
  const end = instance.handles.get(index);
  const isEnd = side === 'read' ? end instanceof ReadableEnd : end instanceof WritableEnd;
  if (isEnd && (end as CopyEnd).shared.type === type) return end as ReadableEnd | WritableEnd;
  const what = `${side === 'read' ? 'readable' : 'writable'} end of a ${type.tag}`;
  throw new Trap(`handle index ${index >>> 0} is not a ${what} of this type`);
}
