import { jco, witTs } from '../contenders/contenders.ts';
import { type Pair, pairByHand } from '../contenders/pair-by-hand.ts';
import { type Call, callOf, type Row, type Suite } from '../suite.ts';

/** Calls from one component to another inside: the host calls once, and what it calls calls many times. */

const longAscii = 'The quick brown fox jumps over the lazy dog. '.repeat(250).slice(0, 10_000);
const longMixed = 'Zwölf Boxkämpfer — 日本語のテキスト — 🦊🐕 '.repeat(400).slice(0, 10_000).toWellFormed();

const rows: readonly Row[] = [
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

const furtherCalls: readonly Call[] = [
  returns('callAdd', [0], 0),
  returns('callAddGuarded', [3], 3),
  echo(0, 'hello'),
  echo(3, ''),
  echo(2, 'a'.repeat(33)),
  echo(2, 'ä🦊'),
  returns('callPoints', [2, 1], 2),
];

/** What came back, in bytes. */
function echo(times: number, text: string): Call {
  return returns('callEcho', [times, text], times * new TextEncoder().encode(text).length);
}

function returns(method: keyof Pair, args: readonly unknown[], value: number): Call {
  return callOf(method, args, { value });
}

export const between: Suite = {
  component: 'bench-pair/built/wat.wasm',
  contenders: { 'by hand': pairByHand, 'wit-ts': witTs({}), jco: jco({}) },
  rows,
  furtherCalls,
};
