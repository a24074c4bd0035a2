import { type JcoHost, settled } from './jco-host.ts';

/** Hosts that see something else with wit-ts: `docs/javascript-mapping.md` says why. */
export const differences: readonly JcoHost[] = [
  {
    name: 'looks at the value of a future of a result that is ok',
    sees: { value: { tag: 'ok', val: 3 } },
    seesHere: { value: 3 },
    run: (guest) => settled(awaited(guest.giveLater(3))),
  },
  {
    name: 'looks at the value of a future of a result that is an error',
    sees: { value: { tag: 'err', val: 'refused' } },
    seesHere: { payload: 'refused' },
    run: (guest) => settled(awaited(guest.giveLater(0))),
  },
  {
    name: 'asks whether a future is a promise',
    imports: {
      async awaitBoth(a: PromiseLike<number>, b: PromiseLike<unknown>) {
        await Promise.all([a, b]);
        return a instanceof Promise ? 1 : 0;
      },
    },
    sees: 0,
    seesHere: 1,
    run: (guest) => guest.both(1),
  },
  {
    name: 'asks whether the error of an export is an Error',
    imports: { ask: () => Promise.reject(Object.assign(new Error('x'), { payload: 'no' })) },
    sees: false,
    seesHere: true,
    run: (guest) => guest.ask(1).catch((error: unknown) => error instanceof Error),
  },
  {
    name: 'answers with the result as an object',
    imports: { ask: async (n: number) => ({ tag: 'ok', val: n }) },
    sees: { value: 3 },
    seesHere: { error: true },
    run: (guest) => settled(guest.ask(3)),
  },
  {
    name: 'answers with an error as an object',
    imports: { ask: async () => ({ tag: 'err', val: 'no' }) },
    sees: { payload: 'no' },
    seesHere: { error: true },
    run: (guest) => settled(guest.ask(3)),
  },
  {
    name: 'counts the bytes of the first chunk of a stream',
    sees: 1,
    seesHere: 1000,
    async run(guest) {
      for await (const chunk of await guest.give(2500))
        return ArrayBuffer.isView(chunk) ? chunk.byteLength : -1;
      return 0;
    },
  },
  {
    name: 'gives a stream as an object that has only `read`',
    imports: { source: () => ({ read: async () => ({ value: [1, 2], done: true }) }) },
    sees: { error: true },
    seesHere: { value: 3 },
    run: (guest) => settled(guest.sum(1000)),
  },
  {
    name: 'gives `null` as a stream',
    imports: { source: () => null },
    sees: { error: true },
    seesHere: { value: 0 },
    run: (guest) => settled(guest.sum(1000)),
  },
  {
    name: 'gives a stream with an element of the wrong type',
    imports: { source: () => [1, '7', 256] },
    sees: { value: 8 },
    seesHere: { error: true },
    run: (guest) => settled(guest.sum(1000)),
  },
  {
    name: 'gives a future of the wrong type',
    imports: { soon: async () => 'seven' },
    sees: { value: 0 },
    seesHere: { error: true },
    run: (guest) => settled(guest.takeSoon()),
  },
];

/** Awaits the future that a call returns. An `await` of the call alone gives the future itself with jco. */
async function awaited(call: Promise<unknown>): Promise<unknown> {
  const future = await call;
  return future;
}
