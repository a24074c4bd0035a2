import { type BenchmarkRow, type BenchmarkSuite, guestCall, type GuestCall } from '../benchmark-suite.ts';
import { valuesByHand } from '../contenders/by-hand/values.ts';
import { jco, staticModule, witTs } from '../contenders/make-instance.ts';
import {
  type BenchGuest,
  host,
  type Person,
  type Point,
  type Settings,
  type Tree,
  type Value,
} from '../guests/bench-guest.ts';

const ascii = 'The quick brown fox jumps over the lazy dog. ';
const mixed = 'Zwölf Boxkämpfer — 日本語のテキスト — 🦊🐕 ';
const longAscii = ascii.repeat(250).slice(0, 10_000);
const longMixed = mixed.repeat(400).slice(0, 10_000).toWellFormed();

const bytes = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 31) & 0xff);
const numbers = Float64Array.from({ length: 10_000 }, (_, i) => i * 1.5 - 7000);
const points = many(1000, (i): Point => ({ x: i / 3, y: -i, id: i }));
const strings = many(1000, (i) => `item number ${i}`);
const variants = many(1000, (i): Value => {
  switch (i % 4) {
    case 0:
      return { tag: 'empty' };
    case 1:
      return { tag: 'flag', val: i % 8 === 1 };
    case 2:
      return { tag: 'number', val: i / 7 };
    default:
      return { tag: 'text', val: `text ${i}` };
  }
});
const person: Person = {
  id: 9_007_199_254_740_993n,
  name: 'Grace Hopper',
  email: 'grace@example.org',
  city: 'New York',
};
const settings = many(1000, (i): Settings => ({
  name: i % 3 === 0 ? undefined : `user ${i}`,
  retries: i % 2 === 0 ? undefined : i,
  timeout: i % 5 === 0 ? undefined : i / 4,
  verbose: i % 4 === 0 ? undefined : i % 4 === 1,
  parent: i % 2 === 1 ? undefined : BigInt(i) * 7n,
  level: (['quiet', 'normal', 'loud'] as const)[i % 3]!,
  access: { read: i % 2 === 0, write: i % 3 === 0, admin: false },
  color:
    i % 3 === 0
      ? { tag: 'none' }
      : i % 3 === 1
        ? { tag: 'named', val: 'teal' }
        : { tag: 'rgb', val: [i & 255, 128, 7] },
}));
const trees = many(20, (i): Tree => ({
  label: `tree ${i}`,
  branches: many(5, (j) => ({
    name: `branch ${j}`,
    leaves: many(10, (k) => ({ id: i * 100 + j * 10 + k, weight: k / 3 })),
  })),
  state:
    i % 2 === 0
      ? { tag: 'ok', val: i % 4 === 0 ? undefined : { id: i, weight: -1 } }
      : { tag: 'err', val: ['dry', 'cold'] },
}));
const meta = { id: 7n, tags: ['edge', 'request', 'fast'] };

const rows: readonly BenchmarkRow[] = [
  { name: 'add(u32, u32)', call: returns('add', [40_000, 2], 40_002) },
  { name: 'echo string, 12 characters', call: echo('echoString', 'hello, world') },
  { name: 'echo string, 10,000 ASCII', call: echo('echoString', longAscii) },
  { name: 'echo string, 10,000 mixed', call: echo('echoString', longMixed) },
  { name: 'echo list<u8>, 1 MiB', call: echo('echoBytes', bytes) },
  { name: 'echo list<f64>, 10,000', call: echo('echoNumbers', numbers) },
  { name: 'echo list<record {f64, f64, u32}>, 1,000', call: echo('echoPoints', points) },
  { name: 'echo list<string>, 1,000', call: echo('echoStrings', strings) },
  { name: 'echo list<variant>, 1,000', call: echo('echoValues', variants) },
  { name: 'echo record {u64, 3 strings}', call: echo('echoPerson', person) },
  { name: 'echo record of options and variants', call: echo('echoSettings', settings[7]) },
  { name: 'echo list<record of options and variants>, 1,000', call: echo('echoManySettings', settings) },
  { name: 'echo 20 trees, 100 branches, 1,000 leaves', call: echo('echoTrees', trees) },
  {
    name: 'process(string, record) -> result',
    call: returns('process', ['hello, world', meta], 'hello, world'),
  },
  { name: '10,000 imports add(u32, u32)', call: returns('callAdd', [10_000], 10_000) },
  { name: '10,000 imports echo(string)', call: returns('callEcho', [10_000, 'hello, world'], 120_000) },
];

const unmeasuredCalls: readonly GuestCall[] = [
  returns('add', [0xffff_ffff, 0], 0xffff_ffff),
  returns('add', [0xffff_ffff, 2], 1),
  echo('echoString', ''),
  echo('echoString', '🦊'),
  echo('echoString', 'ä'.repeat(40)),
  returns('echoString', ['a\ud800b'], 'a\ufffdb'),
  echo('echoBytes', new Uint8Array()),
  echo('echoNumbers', new Float64Array([Infinity, -0, NaN])),
  echo('echoPoints', []),
  echo('echoStrings', ['', 'é', longMixed]),
  echo('echoValues', []),
  ...many(12, (i) => echo('echoSettings', settings[i])),
  echo('echoManySettings', []),
  echo('echoTrees', [{ label: '', branches: [], state: { tag: 'err', val: [] } }]),
  echo('echoPerson', { id: 2n ** 64n - 1n, name: '', email: '…', city: longAscii }),
  guestCall('process', ['no tags', { id: 0n, tags: [] }], { payload: 'no tags' }),
  returns('callAdd', [0], 0),
  returns('callEcho', [3, 'ä🦊'], 18),
];

function echo(method: keyof BenchGuest, value: unknown): GuestCall {
  return returns(method, [value], value);
}

function returns(method: keyof BenchGuest, args: readonly unknown[], value: unknown): GuestCall {
  return guestCall(method, args, { value });
}

function many<T>(length: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length }, (_, index) => make(index));
}

const imports = { 'bench:guest/host': { ...host } };

/** Calls that pass values of many types to the guest and back. */
export const values: BenchmarkSuite = {
  component: 'bench-guest/built/wat.wasm',
  contenders: {
    'by hand': (component) => valuesByHand(component, host),
    'wit-ts': witTs(imports),
    static: staticModule(imports),
    jco: jco(imports),
  },
  rows,
  unmeasuredCalls,
};
