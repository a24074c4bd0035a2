import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { memoryAddress } from './memory-address.ts';

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

function module(...sections: readonly (readonly [id: number, ...content: readonly number[]])[]): Uint8Array {
  return Uint8Array.from([
    ...header,
    ...sections.flatMap(([id, ...content]) => [id, content.length, ...content]),
  ]);
}

const [a, b] = [0x61, 0x62];
const exported = [7, 2, 1, a, 2, 0, 1, b, 2, 1] as const;
/** `(import "a" "b" (memory …))` after an imported global, which the function has to skip. */
const imported = (flags: number) => [2, 2, 1, a, 1, a, 3, 0x7f, 0, 1, a, 1, b, 2, flags, 1] as const;

describe('memoryAddress', () => {
  it('is i32 if all memories are, without reading the exports', () => {
    expect(memoryAddress(module([5, 1, 0, 1], [7, 0xff]), 'a')).toBe('i32');
    expect(memoryAddress(module(), 'a')).toBe('i32');
  });

  it('is that of the exported memory, imported or defined', () => {
    const both = module(imported(0), [5, 1, 4, 1], exported);
    expect([memoryAddress(both, 'a'), memoryAddress(both, 'b')]).toEqual(['i32', 'i64']);
    const other = module(imported(4), [5, 1, 0, 1], exported);
    expect([memoryAddress(other, 'a'), memoryAddress(other, 'b')]).toEqual(['i64', 'i32']);
  });

  it.each([
    ['a function', [0, 0x80, 1]],
    ['a table of functions', [1, 0x70, 1, 0, 2]],
    ['a table of references to a type', [1, 0x63, 0x85, 0x01, 0, 1]],
    ['a table of 64 bits', [1, 0x6f, 5, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]],
    ['a global of a number', [3, 0x7c, 1]],
    ['a global of a reference to an abstract type', [3, 0x64, 0x6b, 0]],
    ['a tag', [4, 0, 0x81, 1]],
  ])('skips an import of %s', (_what, type) => {
    const before = [2, 2, 1, a, 1, a, ...type, 1, a, 1, b, 2, 0, 1] as const;
    const both = module(before, [5, 1, 4, 1], exported);
    expect([memoryAddress(both, 'a'), memoryAddress(both, 'b')]).toEqual(['i32', 'i64']);
  });

  it.each([
    ['a maximum', [5, 1, 2]],
    ['a size of pages', [12, 1, 0]],
    ['a maximum that is shared, and a size of pages', [15, 1, 2, 0]],
    ['a minimum of more than 32 bits', [4, 0x80, 0x80, 0x80, 0x80, 0x80, 1]],
  ])('reads a memory of 64 bits with %s', (_what, limits) => {
    expect(memoryAddress(module([5, 1, ...limits], [7, 1, 1, a, 2, 0]), 'a')).toBe('i64');
  });

  it('is i32 if no memory has the name', () => {
    expect(memoryAddress(module([5, 1, 4, 1], [7, 1, 1, a, 0, 0]), 'a')).toBe('i32');
    expect(memoryAddress(module([5, 1, 4, 1], [10, 0]), 'a')).toBe('i32');
  });

  it('throws a DecodeError for broken bytes', () => {
    expect(() => memoryAddress(module([5, 1, 0x99, 1]), 'a')).toThrow(DecodeError);
    expect(() => memoryAddress(module([2, 1, 1, a, 1, b, 1, 0x63, 0xff]), 'a')).toThrow(DecodeError);
    expect(() => memoryAddress(Uint8Array.from([...header, 5, 100]), 'a')).toThrow(DecodeError);
  });
});
