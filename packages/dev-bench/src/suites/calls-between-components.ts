import { type BenchmarkRow, type BenchmarkSuite, guestCall, type GuestCall } from '../benchmark-suite.ts';
import { type Pair, pairByHand } from '../contenders/by-hand/pair.ts';
import { jco, staticModule, witTs } from '../contenders/make-instance.ts';

const longAscii = 'The quick brown fox jumps over the lazy dog. '.repeat(250).slice(0, 10_000);
const longMixed = 'Zwölf Boxkämpfer — 日本語のテキスト — 🦊🐕 '.repeat(400).slice(0, 10_000).toWellFormed();

const rows: readonly BenchmarkRow[] = [
  { name: '10,000 calls between, add(u32, u32)', call: returns('callAdd', [10_000], 10_000) },
  {
    name: '10,000 calls between, add(u32, u32), guarded',
    call: returns('callAddGuarded', [10_000], 10_000),
  },
  { name: '1,000 calls between, echo(string), 12 characters', call: echo(1000, 'hello, world') },
  { name: '50 calls between, echo(string), 10,000 ASCII', call: echo(50, longAscii) },
  { name: '50 calls between, echo(string), 10,000 mixed', call: echo(50, longMixed) },
  {
    name: '50 calls between, echo(list<record {f64, f64, u32}>), 1,000',
    call: returns('callPoints', [50, 1000], 50_000),
  },
];

const unmeasuredCalls: readonly GuestCall[] = [
  returns('callAdd', [0], 0),
  returns('callAddGuarded', [3], 3),
  echo(0, 'hello'),
  echo(3, ''),
  echo(2, 'a'.repeat(33)),
  echo(2, 'ä🦊'),
  returns('callPoints', [2, 1], 2),
];

/** The guest returns how many bytes came back in all. */
function echo(times: number, text: string): GuestCall {
  return returns('callEcho', [times, text], times * new TextEncoder().encode(text).length);
}

function returns(method: keyof Pair, args: readonly unknown[], value: number): GuestCall {
  return guestCall(method, args, { value });
}

/**
 * Calls from one component to another inside the same component: the host calls once, and the guest then calls many
 * times.
 */
export const callsBetweenComponents: BenchmarkSuite = {
  component: 'bench-pair/built/wat.wasm',
  contenders: { 'by hand': pairByHand, 'wit-ts': witTs({}), static: staticModule({}), jco: jco({}) },
  rows,
  unmeasuredCalls,
};
