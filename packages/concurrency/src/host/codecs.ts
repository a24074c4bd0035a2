import { type ComponentInstance, isThenable, show, type WaitableCodec } from '@wit-ts/abi';
import type { CopyType, ReadableShared } from '../copy-end.ts';
import { liftEnd, lowerEnd } from '../end-codecs.ts';
import type { Store } from '../store.ts';
import type { ElementKind, NumbersClass } from './element-kind.ts';
import { HostFutureSource } from './future-source.ts';
import { HostFuture } from './future.ts';
import { isReadableStream, streamItemsOf } from './stream-items.ts';
import { type SourceContext, HostStreamSource } from './stream-source.ts';
import { HostStream } from './stream.ts';

/** What the host's side knows about a type `stream` or `future`. */
export interface HostElements {
  /** The class of the typed arrays that chunks are; absent when the elements are not numbers. */
  readonly typedArray: NumbersClass | undefined;
  /** Whether the value of a future is a `result`: its `err` rejects the promise. */
  readonly isResult: boolean;
  /** Whether the `ok` of that result has a payload. What a host gives for one without a payload is ignored. */
  readonly hasOk: boolean;
  /** Whether the value of a future, or the `ok` of its result, is a future: JavaScript makes one promise of both. */
  readonly isJoined: boolean;
  /** Reads elements of the host that go to the host. @throws TypeError when one does not fit */
  readonly check: (values: ArrayLike<unknown>) => ArrayLike<unknown>;
  /** The function that passes the stream or future, for messages. */
  readonly name: string;
}

/** Passes streams between an instance and the host. */
export function hostStreamCodec(
  store: Store,
  instance: ComponentInstance,
  type: CopyType,
  { typedArray, check, name }: HostElements,
): WaitableCodec {
  const context: SourceContext = { store, type, instance, name };
  const hasValues = typedArray !== undefined || !type.isNoneOrNumber;
  const kind: ElementKind = { hasValues, numbers: typedArray, check };
  return {
    lift: (index) => new HostStream(store, liftEnd(instance, type, index), kind),
    lower: (value) => lowerEnd(instance, sharedStream(context, kind, value)),
    mismatch: (value, taken) => {
      const items = streamItemsOf(value, kind);
      if (typeof items === 'string') return items;
      const isOneTime =
        value instanceof HostStream || (Object(value) === value && isReadableStream(value as object));
      return isOneTime ? takenTwice(value, taken) : undefined;
    },
  };
}

/** Returns what a reader shares with a stream of the host: an end that comes back from the host is not wrapped. */
function sharedStream(context: SourceContext, kind: ElementKind, value: unknown): ReadableShared {
  if (value instanceof HostStream) {
    const shared = HostStream.take(value, context.store, context.type);
    if (shared !== undefined) return shared;
  }
  const items = streamItemsOf(value, kind);
  if (typeof items === 'string') throw new TypeError(items);
  return new HostStreamSource(context, kind, items());
}

/** Passes futures between an instance and the host. */
export function hostFutureCodec(
  store: Store,
  instance: ComponentInstance,
  type: CopyType,
  { isResult, hasOk, isJoined, check, name }: HostElements,
): WaitableCodec {
  const context: SourceContext = { store, type, instance, name };
  return {
    lift: (index) => new HostFuture(store, liftEnd(instance, type, index), isResult),
    lower: (value) => {
      const own = value instanceof HostFuture ? HostFuture.take(value, store, type) : undefined;
      return lowerEnd(
        instance,
        own ??
          new HostFutureSource(context, { isResult, hasOk, isJoined, check }, value as PromiseLike<unknown>),
      );
    },
    mismatch: (value, taken) => {
      if (!isThenable(value)) return `expected a promise, got ${show(value)}`;
      if (!(value instanceof HostFuture)) return undefined;
      const problem = HostFuture.problemOf(value);
      return problem === undefined ? takenTwice(value, taken) : `expected a promise, got ${problem}`;
    },
  };
}

function takenTwice(value: unknown, taken: Set<unknown>): string | undefined {
  if (taken.has(value)) return 'an object that the call gives away is used twice in it';
  taken.add(value);
  return undefined;
}
