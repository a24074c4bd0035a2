import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { withCore } from '../fixtures/with-core.ts';
import { validate } from './validate.ts';

type Core = readonly (readonly number[])[];
const I32 = 0x7f;

function messages(sections: b.Bytes): string[] {
  return validate(decode(b.component(sections))).map((finding) => finding.message);
}

const REALLOC = { params: [I32, I32, I32, I32], results: [I32] };
const MEMORY: Core[number] = [0x03, 0];
const lift = (func: number, type: number, ...options: readonly b.Bytes[]): b.Bytes =>
  b.canons([0x00, 0x00, func, b.vec(...options), type]);
const lower = (func: number, ...options: readonly b.Bytes[]): b.Bytes =>
  b.canons([0x01, 0x00, func, b.vec(...options)]);

describe('canon lift', () => {
  const stringType = b.types(b.func([['s', b.STRING]], b.STRING));
  const takesString = { params: [I32, I32], results: [I32] };

  it('accepts a function with all options that it needs', () => {
    const sections = withCore(
      [takesString, REALLOC, { params: [I32], results: [] }],
      stringType,
      lift(0, 0, MEMORY, [0x04, 1], [0x05, 2], [0x01]),
    );
    expect(messages(sections)).toEqual([]);
  });

  it.each<[string, readonly b.Bytes[], string[]]>([
    [
      'a missing realloc',
      [MEMORY],
      ["canon lift: the option `realloc` is required for this function's types"],
    ],
    [
      'realloc of another type',
      [MEMORY, [0x04, 0]],
      [
        'canon lift: the function of `realloc` must have the type [i32 i32 i32 i32] -> [i32], and has [i32 i32] -> [i32]',
      ],
    ],
    [
      'post-return of another type',
      [MEMORY, [0x04, 1], [0x05, 0]],
      [
        'canon lift: the function of `post-return` must have the type [i32] -> [], and has [i32 i32] -> [i32]',
      ],
    ],
    [
      'async for a synchronous type',
      [MEMORY, [0x04, 1], [0x06]],
      [
        'canon lift: the option `async` requires an async function type',
        'canon lift: the results of the core function do not fit: expected [i32 i32] -> [], found [i32 i32] -> [i32]',
      ],
    ],
    [
      'callback without async',
      [MEMORY, [0x04, 1], [0x07, 2]],
      [
        'canon lift: the option `callback` requires the option `async`',
        'canon lift: the function of `callback` must have the type [i32 i32 i32] -> [i32], and has [i32] -> []',
      ],
    ],
    [
      'an option twice',
      [MEMORY, MEMORY, [0x04, 1]],
      ['canon lift: the option `memory` is given more than once'],
    ],
    [
      'a memory that does not exist',
      [
        [0x03, 9],
        [0x04, 1],
      ],
      ['core memory 9 does not exist: the last one defined before this is 0'],
    ],
  ])('refuses %s', (_what, options, expected) => {
    expect(
      messages(
        withCore([takesString, REALLOC, { params: [I32], results: [] }], stringType, lift(0, 0, ...options)),
      ),
    ).toEqual(expected);
  });

  it('compares the core function with the flattened type', () => {
    const sections = withCore(
      [{ params: [], results: [] }],
      b.types(
        b.func(
          [
            ['a', b.U8],
            ['b', [0x78]],
          ],
          [0x75],
        ),
      ),
      lift(0, 0),
    );
    expect(messages(sections)).toEqual([
      'canon lift: the parameters of the core function do not fit: expected [i32 i64] -> [f64], found [] -> []',
    ]);
  });

  it('passes more than sixteen flat parameters in memory', () => {
    const params = Array.from({ length: 17 }, (_, i) => [`p${i}`, b.U8] as const);
    const spilled = withCore(
      [{ params: [I32], results: [] }, REALLOC],
      b.types(b.func(params)),
      lift(0, 0, MEMORY, [0x04, 1]),
    );
    expect(messages(spilled)).toEqual([]);
  });
});

function imported(type: b.Bytes): b.Bytes {
  return [b.types(type), b.imports(b.importing('f', b.funcOf(0)))];
}

describe('canon lower', () => {
  it('defines a core function of the flattened type', () => {
    const sections = withCore(
      [{ params: [I32, I32], results: [] }],
      b.types(b.tuple(b.U8, b.U8), b.func([['a', b.U8]], [0])),
      b.imports(b.importing('f', b.funcOf(1))),
      lower(0, MEMORY),
      lift(1, 1, MEMORY),
    );
    // The function is lifted again, so that the message shows its type: a synchronous lower returns through a pointer
    // parameter, and a lift through a result.
    expect(messages(sections)).toEqual([
      'canon lift: the parameters of the core function do not fit: expected [i32] -> [i32], found [i32 i32] -> []',
    ]);
  });

  it.each<[string, b.Bytes, readonly b.Bytes[], string[]]>([
    ['no option for numbers', b.func([['a', b.U8]], b.U8), [], []],
    ['memory for a string', b.func([['a', b.STRING]]), [], ['memory']],
    ['realloc for a string in the result', b.func([], b.STRING), [MEMORY], ['realloc']],
    [
      'memory for five parameters if it is async',
      b.func(
        ['a', 'b', 'c', 'd', 'e'].map((name) => [name, b.U8] as const),
        undefined,
        0x43,
      ),
      [[0x06]],
      ['memory'],
    ],
    ['memory for a result if it is async', b.func([], b.U8, 0x43), [[0x06]], ['memory']],
    ['no memory for one parameter if it is async', b.func([['a', b.U8]], undefined, 0x43), [[0x06]], []],
  ])('requires %s', (_what, type, options, missing) => {
    const found = messages(withCore([REALLOC], imported(type), lower(0, ...options)));
    expect(found).toEqual(
      missing.map((name) => `canon lower: the option \`${name}\` is required for this function's types`),
    );
  });

  it('refuses post-return', () => {
    expect(
      messages(withCore([{ params: [], results: [] }], imported(b.func([])), lower(0, [0x05, 0]))),
    ).toContain('canon lower: the option `post-return` is not allowed here');
  });
});
