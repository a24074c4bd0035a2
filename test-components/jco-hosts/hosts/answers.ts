import { type JcoHost, settled, turn } from './jco-host.ts';

/** Hosts with an asynchronous function. */
export const answers: readonly JcoHost[] = [
  {
    name: 'answers with a promise',
    sees: 2,
    imports: { ask: async (n: number) => n + 1 },
    run: (guest) => guest.ask(1),
  },
  {
    name: 'answers later',
    sees: 8,
    imports: { ask: (n: number) => turn().then(() => n * 2) },
    run: (guest) => guest.ask(4),
  },
  {
    name: 'answers with a plain value',
    sees: 3,
    imports: { ask: (n: number) => n + 2 },
    run: (guest) => guest.ask(1),
  },
  {
    name: 'rejects with a string',
    sees: { payload: 'unavailable' },
    imports: { ask: () => turn().then(() => Promise.reject('unavailable')) },
    run: (guest) => settled(guest.ask(3)),
  },
  {
    name: 'rejects with an error that has a payload',
    sees: { payload: 'busy' },
    imports: {
      ask: () => turn().then(() => Promise.reject(Object.assign(new Error('x'), { payload: 'busy' }))),
    },
    run: (guest) => settled(guest.ask(3)),
  },
  {
    name: 'throws an error that has a payload',
    sees: { payload: 'at once' },
    imports: {
      ask() {
        throw Object.assign(new Error('x'), { payload: 'at once' });
      },
    },
    run: (guest) => settled(guest.ask(3)),
  },
  {
    name: 'rejects with an error without a payload, which fails the call',
    sees: { error: true },
    imports: { ask: () => turn().then(() => Promise.reject(new Error('broken'))) },
    run: (guest) => settled(guest.ask(3)),
  },
];
