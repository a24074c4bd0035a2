import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { engines } from '../fixtures/faults-guests.ts';
import { compile, instantiateSync, type Trace, type TraceEvent } from '../index.ts';

interface Caller {
  pass(text: unknown): string;
  list(texts: unknown): readonly string[];
  add(a: unknown, b: unknown): bigint;
  token(number: number): number;
  observed(): bigint;
}

type Guest = Readonly<Record<'narrow' | 'wide' | 'both', Caller>> & { observed(): bigint };

const callers = ['narrow', 'wide', 'both'] as const;

/** Texts whose bytes differ between the encodings, and which take one, two or three calls of realloc. */
const texts = [
  '',
  'a',
  'ü'.repeat(20),
  'ascii '.repeat(50),
  'ÿĀ',
  '\u{1f600}'.repeat(9),
  'a'.repeat(99) + 'ß',
  'z\u0100',
];

function* generated(): Generator<string> {
  yield* texts;
}

describe.each(engines)('a guest that notices how it is called (%s)', async (engine) => {
  const component = await compile(await built('observed'), { engine });

  /** Makes calls of every kind, and returns what the guests noticed. */
  function noticed(trace?: Trace): unknown {
    const guest = instantiateSync<Guest>(component, {}, trace === undefined ? {} : { trace });
    const results = callers.flatMap((name) => {
      const caller = guest[name];
      return [
        ...texts.map((text) => caller.pass(text)),
        caller.list(texts),
        caller.list(new Set(texts)),
        caller.list(generated()),
        caller.list({ length: 2, 0: 'ü', 1: 'x' }),
        caller.add(255, 2n ** 64n - 1n),
        caller.token(9),
        caller.observed(),
      ];
    });
    return [...results, guest.observed()];
  }

  it('notices nothing of a trace', () => {
    const events: TraceEvent[] = [];
    expect(noticed((event) => events.push(event))).toEqual(noticed());
    expect(events.filter(({ boundary }) => boundary === 'inside').length).toBeGreaterThan(50);
  });

  it('notices nothing of a trace that changes all it receives', () => {
    expect(noticed(spoil)).toEqual(noticed());
  });

  it('reports the values of calls inside, with handles as representations', () => {
    const lines: string[] = [];
    const guest = instantiateSync<Guest>(component, {}, { trace: (event) => lines.push(line(event)) });
    guest.wide.pass('grün');
    guest.both.list(['a', 'ÿĀ']);
    guest.narrow.add(3, 4n);
    guest.wide.token(9);
    expect(lines.filter((each) => each.includes('inside'))).toEqual([
      '> inside pass (["grün"])',
      '< inside pass = "grün"',
      '> inside list ([["a","ÿĀ"]])',
      '< inside list = ["a","ÿĀ"]',
      '> inside add ([3,"4n"])',
      '< inside add = "7n"',
      '> inside make ([9])',
      '< inside make = 9',
      '> inside read ([9])',
      '< inside read = 9',
    ]);
  });
});

/** Writes into every part of an event. */
function spoil(event: TraceEvent): void {
  for (const value of Object.values(event)) overwrite(value);
  Object.assign(event, { args: ['other'], value: 'other', tag: 'other' });
}

function overwrite(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) overwrite(inner);
  if (ArrayBuffer.isView(value)) (value as Uint8Array).fill(0);
  else if (Array.isArray(value)) value.push(...(value.splice(0) as unknown[]), 'other');
  else for (const key of Object.keys(value)) Reflect.set(value, key, 'other');
}

function line(event: TraceEvent): string {
  const place = `${event.boundary} ${event.name}`;
  if (event.tag === 'call') return `> ${place} (${JSON.stringify(event.args, plain)})`;
  return event.tag === 'return' ? `< ${place} = ${JSON.stringify(event.value, plain)}` : `! ${place}`;
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
