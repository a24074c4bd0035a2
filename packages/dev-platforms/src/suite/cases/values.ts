import type { CaseContext, PlatformCase } from '../platform-case.ts';
import { equal, throws } from '../expect.ts';

interface Guest {
  add(a: number, b: number): number;
  echoString(text: string): string;
  echoBytes(bytes: Uint8Array): Uint8Array;
  echoNumbers(numbers: ArrayLike<number>): Float64Array;
  echoPoints(points: readonly unknown[]): unknown;
  echoStrings(strings: readonly string[]): string[];
  echoValues(values: readonly unknown[]): unknown;
  echoPerson(person: unknown): unknown;
  process(input: string, meta: unknown): string;
  callAdd(times: number): number;
  callEcho(times: number, text: string): number;
}

const texts = [
  '',
  'a',
  'Grüße',
  '🌍',
  'x'.repeat(100_000),
  'ü'.repeat(10_000),
  '\0',
  '\ufeffbom',
  'a\ud800b',
];

function guest(context: CaseContext): Promise<Guest> {
  return context.instance<Guest>('bench-guest', {
    'bench:guest/host': { add: (a: number, b: number) => (a + b) >>> 0, echo: (text: string) => text },
  });
}

export const valueCases: readonly PlatformCase[] = [
  {
    name: 'numbers',
    run: async (context) => {
      const { add, callAdd } = await guest(context);
      equal(add(1, 2), 3);
      equal(add(2 ** 32 - 1, 2), 1);
      equal(add(2 ** 31, 0), 2 ** 31);
      equal(callAdd(1000), 1000);
    },
  },
  {
    name: 'strings',
    run: async (context) => {
      const { echoString, echoStrings, callEcho } = await guest(context);
      for (const text of texts) equal(echoString(text), text.toWellFormed());
      equal(
        echoStrings(texts),
        texts.map((text) => text.toWellFormed()),
      );
      equal(callEcho(10, 'Grüße'), 70);
    },
  },
  {
    name: 'lists',
    run: async (context) => {
      const { echoBytes, echoNumbers } = await guest(context);
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index);
      equal(echoBytes(bytes), bytes);
      equal(echoBytes(new Uint8Array()), new Uint8Array());
      equal(
        echoNumbers([1.5, -0, NaN, Infinity, 5e-324]),
        new Float64Array([1.5, -0, NaN, Infinity, 5e-324]),
      );
    },
  },
  {
    name: 'records and variants',
    run: async (context) => {
      const { echoPoints, echoValues, echoPerson } = await guest(context);
      const points = [{ x: 1, y: -2.5, id: 4_294_967_295 }];
      equal(echoPoints(points), points);
      const all = [
        { tag: 'empty' },
        { tag: 'flag', val: true },
        { tag: 'number', val: 0.1 },
        { tag: 'text', val: 'ü' },
      ];
      equal(echoValues(all), all);
      const person = { id: 2n ** 64n - 1n, name: 'Åsa', email: '', city: '東京' };
      equal(echoPerson(person), person);
      equal(echoPerson(Object.assign(Object.create(null) as object, person)), person);
    },
  },
  {
    name: 'results',
    run: async (context) => {
      const { process } = await guest(context);
      equal(process('x', { id: 1n, tags: ['t'] }), 'x');
      const error = await throws(() => process('x', { id: 1, tags: [] }), 'ComponentError', /^x$/u);
      equal(error['payload'], 'x');
      equal(context.isOfClass(error, 'ComponentError'), true);
    },
  },
  {
    name: 'arguments of the wrong type are rejected',
    run: async (context) => {
      const { add, echoString, echoPoints, process, echoBytes } = await guest(context);
      await throws(() => add(1, 1.5), 'TypeError', /^add: argument b: expected u32, got 1\.5$/u);
      await throws(() => add(-1, 0), 'TypeError', /^add: argument a: expected u32, got -1$/u);
      await throws(
        () => echoString(5 as never),
        'TypeError',
        /^echo-string: argument text: expected a string/u,
      );
      await throws(
        () => echoPoints([{ x: 0, y: 0 }]),
        'TypeError',
        /points\[0\]\.id: expected u32, got undefined/u,
      );
      await throws(() => process('', { id: '1', tags: [] }), 'TypeError', /argument meta\.id: expected u64/u);
      await throws(() => echoBytes(null as never), 'TypeError', /expected a list, got null/u);
      equal(add(1, 2), 3, 'the result of the next call');
    },
  },
];
