import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAt, type Node, readExpressions, ScriptError } from './s-expressions.ts';

/** Returns expressions as nested arrays: atoms as strings, string literals as `{ bytes }`. */
function shape(nodes: readonly Node[]): unknown[] {
  return nodes.map((node) => {
    if (node.tag === 'list') return shape(node.items);
    return node.tag === 'atom' ? node.text : { bytes: [...node.bytes] };
  });
}

const utf8 = (text: string): { bytes: number[] } => ({ bytes: [...new TextEncoder().encode(text)] });

describe('readExpressions', () => {
  it('nests lists', () => {
    expect(shape(readExpressions('(a (b) ()) c'))).toEqual([['a', ['b'], []], 'c']);
  });

  it('separates adjacent tokens without spaces', () => {
    expect(shape(readExpressions('(a"b"(c))'))).toEqual([['a', utf8('b'), ['c']]]);
  });

  it('reads every escape of a string', () => {
    expect(shape(readExpressions(String.raw`"\t\n\r\"\'\\\00\fF\u{1_f600}é"`))).toEqual([
      { bytes: [9, 10, 13, 0x22, 0x27, 0x5c, 0, 0xff, ...utf8('😀é').bytes] },
    ]);
  });

  it('keeps parentheses and semicolons inside strings', () => {
    expect(shape(readExpressions('("(;)" ";;")'))).toEqual([[utf8('(;)'), utf8(';;')]]);
  });

  it('skips comments, including nested ones', () => {
    expect(shape(readExpressions('a (; b (; c ;) ;; d\n ;) e ;; f)\ng;;h'))).toEqual(['a', 'e', 'g']);
  });

  it('omits annotations', () => {
    expect(shape(readExpressions('(a (@note (x) "y") b)'))).toEqual([['a', 'b']]);
  });

  it('gives the position of each expression', () => {
    const source = ' (a\n  "b")';
    const [list] = readExpressions(source);
    expect(list).toMatchObject({ start: 1, end: 10 });
    const [, text] = list?.tag === 'list' ? list.items : [];
    expect(source.slice(text?.start, text?.end)).toBe('"b"');
    expect(lineAt(source, text?.start ?? 0)).toBe(2);
  });

  it('reads expressions of any depth', () => {
    const depth = 100_000;
    expect(readExpressions('('.repeat(depth) + ')'.repeat(depth))).toHaveLength(1);
  });

  it.each([
    ['(a', 0, 'unmatched `(`'],
    ['a)', 1, 'unmatched `)`'],
    ['a "b', 2, 'unterminated string'],
    ['a (; b', 2, 'unterminated comment'],
    ['"a\\q"', 2, '`\\q` is not a valid escape'],
    [String.raw`"\u{d800}"`, 1, '`\\u{d800}` is not a valid escape'],
  ])('refuses %j', (source, offset, message) => {
    let thrown: unknown;
    try {
      readExpressions(source);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ScriptError);
    expect(thrown).toMatchObject({ offset, message });
  });

  it('reads back any escaped bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const escaped = [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
        expect(shape(readExpressions(`"${escaped}"`))).toEqual([{ bytes: [...bytes] }]);
      }),
    );
  });
});
