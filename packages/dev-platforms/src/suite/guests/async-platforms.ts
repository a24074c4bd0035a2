import type { Stream } from '@wit-ts/runtime';
import type { CaseContext } from '../platform-case.ts';

type Options = { readonly signal?: AbortSignal };

/** The instance `inner` of the component in `test-components/async-platforms`. */
interface Inner extends Record<
  | 'suspendUntilWoken'
  | 'switchToThread'
  | 'yieldToThread'
  | 'promoteThread'
  | 'alternate'
  | 'noThreadResumes',
  () => Promise<number>
> {
  askStackful(n: number): Promise<number>;
  askCallback(n: number): Promise<number>;
  askBlocking(n: number): Promise<number>;
  sum(bytes: unknown): Promise<number>;
  count(to: number): Promise<Stream<number, Uint8Array>>;
  counted(): number;
  takeSoon(soon: unknown): Promise<number>;
  giveSoon(n: number): Promise<number>;
  stop(): void;
  spin(most: number, options?: Options): Promise<number>;
  spinStackful(most: number): Promise<number>;
  returnInThread(n: number): Promise<number>;
  countThreads(count: number): Promise<number>;
  suspendSynchronously(): number;
  switchSynchronously(): number;
  noThreadResumesSynchronously(): void;
  takeUnits(units: unknown): number;
  giveUnits(end: number): Stream<undefined>;
  takeDone(done: unknown): number;
  giveDone(end: number): Promise<undefined>;
  unitsNew(): bigint;
  unitsRead(end: number, count: number): number;
  unitsWrite(end: number, count: number): number;
  unitsDropWritable(end: number): void;
  doneNew(): bigint;
  doneRead(end: number): number;
  doneWrite(end: number): number;
  setNew(): number;
  join(waitable: number, set: number): void;
  poll(set: number): number;
}

/** An instance of the component in `test-components/async-platforms`. */
interface AsyncPlatforms {
  readonly inner: Inner;
  readonly outer: { relay(n: number): Promise<number>; cancelSpin(): Promise<number> };
}

/** Makes an instance. @param ask the host's function; by default it returns its argument plus one at once */
export function asyncPlatforms(
  context: CaseContext,
  ask: (n: number) => unknown = (n) => n + 1,
): Promise<AsyncPlatforms> {
  return context.instance<AsyncPlatforms>('async-platforms', { ask });
}
