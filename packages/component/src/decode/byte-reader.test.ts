import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { bytes, str, u32, vec } from '../fixtures/bytes.ts';
import { ByteReader } from './byte-reader.ts';
import { ExplainingReader } from './explaining-reader.ts';

function reader(...content: number[]): ByteReader {
  return new ExplainingReader(Uint8Array.from(content));
}

describe('u32', () => {
  it('reads LEB128 numbers, also with padding up to five bytes', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(4), (value, padding) => {
        const short = [...bytes(u32(value))];
        const long = [...short];
        for (let i = 0; i < padding && long.length < 5; i += 1) long.push(0);
        const padded = long.map((byte, i) => (i < long.length - 1 ? byte | 0x80 : byte));
        expect(reader(...short).u32()).toBe(value);
        expect(reader(...padded).u32()).toBe(value);
      }),
    );
  });

  it.each([
    ['a sixth byte', [0x80, 0x80, 0x80, 0x80, 0x80, 0x00]],
    ['a 33rd bit', [0xff, 0xff, 0xff, 0xff, 0x1f]],
  ])('refuses %s', (_what, content) => {
    expect(() => reader(...content).u32()).toThrow(/does not fit in 32 bits/u);
  });

  it('refuses bytes that end within the number', () => {
    expect(() => reader(0x80, 0x80).u32()).toThrow(DecodeError);
  });
});

describe('u64', () => {
  it('reads up to ten bytes and refuses a 65th bit', () => {
    expect(reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01).u64()).toBe(2n ** 64n - 1n);
    expect(() => reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02).u64()).toThrow(
      DecodeError,
    );
    expect(() => reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00).u64()).toThrow(
      DecodeError,
    );
  });
});

describe('s33Index', () => {
  it('reads indices up to 2^32 - 1', () => {
    expect(reader(0x3f).s33Index()).toBe(63);
    expect(reader(0xc0, 0x00).s33Index()).toBe(64);
    expect(reader(0xff, 0xff, 0xff, 0xff, 0x0f).s33Index()).toBe(0xffffffff);
  });

  it.each([
    ['a negative number of two bytes', [0xff, 0x7f]],
    ['a negative number of five bytes', [0x80, 0x80, 0x80, 0x80, 0x70]],
    ['a 33rd bit', [0x80, 0x80, 0x80, 0x80, 0x10]],
  ])('refuses %s', (_what, content) => {
    expect(() => reader(...content).s33Index()).toThrow(DecodeError);
  });
});

describe('name', () => {
  it('reads any text, a byte order mark included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(new ByteReader(bytes(str(text))).name()).toBe(text);
      }),
    );
    expect(new ByteReader(bytes(str('\uFEFFa'))).name()).toBe('\uFEFFa');
  });

  it.each([
    ['an overlong form', [2, 0xc0, 0x80]],
    ['a surrogate', [3, 0xed, 0xa0, 0x80]],
    ['half of a character', [1, 0xc3]],
  ])('refuses %s', (_what, content) => {
    expect(() => reader(...content).name()).toThrow(/not valid UTF-8/u);
  });
});

describe('vec', () => {
  it('reads the announced items in order', () => {
    expect(new ByteReader(bytes(vec([1], [2], [3]))).vec((inner) => inner.byte())).toEqual([1, 2, 3]);
  });

  it('refuses a count that the bytes cannot hold before reading any item', () => {
    let calls = 0;
    const huge = reader(0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2, 3);
    expect(() => huge.vec(() => (calls += 1))).toThrow(/4294967295 items is announced/u);
    expect(calls).toBe(0);
  });
});

describe('within', () => {
  it('refuses to read past the size of the part', () => {
    const outer = reader(1, 2, 3);
    expect(() => outer.within(2, 'a part', (inner) => [inner.byte(), inner.byte(), inner.byte()])).toThrow(
      /ends in the middle/u,
    );
  });

  it('requires that the part is read to its end', () => {
    expect(() => reader(1, 2, 3).within(2, 'a part', (inner) => inner.byte())).toThrow(/1 bytes left over/u);
  });
});

it('the reader counts offsets of errors from its base', () => {
  const inner = new ByteReader(new Uint8Array(1), 100);
  inner.byte();
  expect(() => inner.byte()).toThrow(expect.objectContaining({ name: 'DecodeError', offset: 101 }));
});

describe('a reader whose texts are not loaded', () => {
  it.each<[string, number[], (plain: ByteReader) => unknown, number]>([
    ['unexpected-end', [], (plain) => plain.byte(), 0],
    ['too-few-bytes', [1], (plain) => plain.take(2), 0],
    ['not-utf8', [1, 0xff], (plain) => plain.name(), 1],
    ['not-a-flag', [2], (plain) => plain.flag('a part'), 0],
    ['unexpected-byte', [7, 2], (plain) => [plain.byte(), plain.expect(1, 'here')], 1],
  ])(
    'says the code %s of a fault, at the offset at which the explaining one fails',
    (code, content, read, at) => {
      const plain = new ByteReader(Uint8Array.from(content), 100);
      expect(() => read(plain)).toThrow(
        `the component is not valid: ${code} (at byte 0x${(100 + at).toString(16)})`,
      );
      const explaining = new ExplainingReader(Uint8Array.from(content), 100);
      expect(() => read(explaining)).toThrow(`(at byte 0x${(100 + at).toString(16)})`);
      expect(() => read(explaining)).not.toThrow(code);
    },
  );
});
