import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSection, readUnsignedLeb128, unsignedLeb128, wasmSections } from './wasm-sections.ts';

describe('unsigned LEB128', () => {
  it('reads back every number that it writes', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), (value) => {
        const bytes = Uint8Array.from([0, ...unsignedLeb128(value)]);
        expect(readUnsignedLeb128(bytes, 1)).toEqual({ value, end: bytes.length });
      }),
    );
  });

  it('uses as few bytes as possible', () => {
    expect([unsignedLeb128(0), unsignedLeb128(127), unsignedLeb128(128)]).toEqual([[0], [127], [0x80, 1]]);
  });
});

it('splits a binary into the sections that it was made of', () => {
  const long = new Uint8Array(300).fill(7);
  const preamble = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const bytes = Uint8Array.from([...preamble, ...encodeSection(1, []), ...encodeSection(11, long)]);
  expect(wasmSections(bytes)).toEqual([
    { id: 1, content: new Uint8Array() },
    { id: 11, content: long },
  ]);
});
