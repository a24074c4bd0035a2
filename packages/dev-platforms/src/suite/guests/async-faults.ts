import type { Stream } from '@wit-ts/runtime';
import type { CaseContext } from '../platform-case.ts';

type Builtin =
  | 'peek'
  | 'poke'
  | `${'bytes' | 'texts' | 'maybes'}${'Read' | 'Write'}`
  | `bytes${'CancelRead' | 'CancelWrite' | 'CancelReadSync'}`
  | `${'bytes' | 'texts'}${'DropReadable' | 'DropWritable'}`
  | 'setNew'
  | 'poll'
  | 'join'
  | `subtask${'Cancel' | 'CancelSync' | 'Drop'}`
  | `backpressure${'Inc' | 'Dec'}`
  | 'ask'
  | 'prepare';

/** An instance of the component in `test-components/async-faults`, whose exports are built-ins. */
interface AsyncBuiltins
  extends
    Record<Builtin, (...args: readonly number[]) => number>,
    Record<`take${'Bytes' | 'Texts' | 'Maybes'}`, (value: unknown) => number>,
    Record<`${'bytes' | 'texts' | 'maybes' | 'soon'}New`, () => bigint> {
  giveBytes(handle: number): Stream<number, Uint8Array>;
  giveTexts(handle: number): Stream<string>;
  giveMaybes(handle: number): Stream<number | undefined>;
  work(n: number): Promise<number>;
}

/** Makes the two instances, of which `a` asks `b` and `b` asks the host. */
export function asyncBuiltins(
  context: CaseContext,
  ask: (n: number) => unknown = () => 0,
): Promise<{ readonly a: AsyncBuiltins; readonly b: AsyncBuiltins }> {
  const unused = Object.fromEntries(
    ['tomorrow', 'dayAfter', 'source', 'pair', 'choose', 'sink'].map((name) => [name, () => undefined]),
  );
  return context.instance('async-faults', { ...unused, thing: Map, ask });
}

/** What a copy returns when it has to wait (`CanonicalABI.md`, "Stream State"). */
export const PENDING = 2 ** 32 - 1;

/** The readable and the writable end of a new stream or future. */
export function ends(packed: bigint): readonly [readable: number, writable: number] {
  return [Number(packed & 0xffff_ffffn), Number(packed >> 32n)];
}

/** The state and the index of a subtask. */
export function subtaskOf(packed: number): readonly [state: number, index: number] {
  return [packed & 15, packed >>> 4];
}

/** Polls a set: the event (0 is none), and its two words. */
export function polled(instance: AsyncBuiltins, set: number): readonly number[] {
  const event = instance.poll(set, 24);
  return [event, instance.peek(24), instance.peek(28)];
}
