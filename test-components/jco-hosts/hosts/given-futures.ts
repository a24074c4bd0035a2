import { type JcoHost, settled, turn } from './jco-host.ts';

async function* numbers(values: readonly number[]): AsyncGenerator<number> {
  await turn();
  yield* values;
}

/** A thenable that is not a promise, and gives its value once, as `FutureReader` of preview3-shim does. */
function once(value: unknown): PromiseLike<unknown> {
  let given = false;
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- this is the shape under test
    then(resolve, reject) {
      const next = given ? null : value;
      given = true;
      return Promise.resolve(next).then(resolve, reject);
    },
  };
}

/** Hosts that give futures, alone and beside a stream. */
export const givenFutures: readonly JcoHost[] = [
  {
    name: 'gives a stream, and a future that becomes `{ tag: "ok" }`',
    sees: 11,
    imports: { pair: async () => [numbers([5, 6]), Promise.resolve({ tag: 'ok', val: undefined })] },
    run: (guest) => guest.sumPair(),
  },
  {
    name: 'gives a stream, and a future that becomes `{ tag: "err" }`',
    sees: 1000,
    imports: { pair: async () => [numbers([5, 6]), Promise.resolve({ tag: 'err', val: 'late' })] },
    run: (guest) => guest.sumPair(),
  },
  {
    name: 'gives a stream, and a future that becomes another value than a result',
    sees: 11,
    imports: { pair: async () => [numbers([5, 6]), Promise.resolve({ bytesRead: 2n })] },
    run: (guest) => guest.sumPair(),
  },
  {
    name: 'gives a stream, and a future that rejects with a payload',
    sees: 1000,
    imports: {
      pair: () => [numbers([7]), Promise.reject(Object.assign(new Error('no'), { payload: 'failed' }))],
    },
    run: (guest) => guest.sumPair(),
  },
  {
    name: 'gives a future as a promise',
    sees: 7,
    imports: { soon: async () => 7 },
    run: (guest) => guest.takeSoon(),
  },
  {
    name: 'gives a future that becomes ready later',
    sees: 8,
    imports: { soon: () => turn().then(() => 8) },
    run: (guest) => guest.takeSoon(),
  },
  {
    name: 'gives a future as a thenable that gives its value once',
    sees: 9,
    imports: { soon: () => once(9) },
    run: (guest) => guest.takeSoon(),
  },
  {
    name: 'gives a future of a result that becomes `{ tag: "ok" }`',
    sees: { value: 5 },
    imports: { later: async () => ({ tag: 'ok', val: 5 }) },
    run: (guest) => settled(guest.takeLater()),
  },
  {
    name: 'gives a future of a result that becomes `{ tag: "err" }`',
    sees: { payload: 'no' },
    imports: { later: async () => ({ tag: 'err', val: 'no' }) },
    run: (guest) => settled(guest.takeLater()),
  },
  {
    name: 'gives a future of a result that becomes the value itself',
    sees: { value: 6 },
    imports: { later: async () => 6 },
    run: (guest) => settled(guest.takeLater()),
  },
  {
    name: 'gives a future of a result that rejects with a payload',
    sees: { payload: 'refused' },
    imports: { later: () => Promise.reject(Object.assign(new Error('x'), { payload: 'refused' })) },
    run: (guest) => settled(guest.takeLater()),
  },
  {
    name: 'gives a future of a result that rejects with a string',
    sees: { payload: 'refused' },
    imports: { later: () => turn().then(() => Promise.reject('refused')) },
    run: (guest) => settled(guest.takeLater()),
  },
];
