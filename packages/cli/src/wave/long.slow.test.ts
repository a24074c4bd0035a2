import { worldOf, type Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { parseWave } from './parse.ts';

function typeOf(text: string): Type {
  const item = worldOf({ world: 'w', imports: { t: text }, exports: {} }).imports.get('t');
  if (item?.tag !== 'type') throw new Error('a type');
  return item.type;
}

const named = (count: number, make: (name: string) => string): string =>
  Array.from({ length: count }, (_, i) => make(`n${i}`)).join(', ');

/** Work that grows with the square would take minutes for these. */
describe('long WAVE texts', () => {
  it.each<[string, string, string]>([
    ['spaces', 'u8', `${' '.repeat(5_000_000)}1`],
    ['comments', 'u8', `${'// a\n'.repeat(500_000)}1`],
    ['a comment', 'u8', `// ${'a'.repeat(5_000_000)}\n1`],
    ['a string', 'string', `"${'a'.repeat(1_000_000)}"`],
    ['escapes', 'string', `"${'\\n'.repeat(500_000)}"`],
    ['lines', 'string', `"""\n${'  a\n'.repeat(200_000)}  """`],
    ['a list', 'list<u8>', `[${'1, '.repeat(300_000)}]`],
    ['digits', 'f64', `0.${'1'.repeat(2_000_000)}`],
    ['lists in lists', 'list<list<u8>>', `[${'[1], '.repeat(100_000)}]`],
  ])('are read: %s', (_what, type, text) => {
    expect(() => parseWave(text, typeOf(type))).not.toThrow();
  });

  it('are read: many cases, fields and flags', () => {
    const world = worldOf({
      world: 'w',
      imports: {
        e: `enum { ${named(20_000, (n) => n)} }`,
        t: 'list<e>',
        r: `record { ${named(20_000, (n) => `${n}: u8`)} }`,
        f: `flags { ${named(20_000, (n) => n)} }`,
      },
      exports: {},
    });
    const type = (name: string): Type => {
      const item = world.imports.get(name);
      if (item?.tag !== 'type') throw new Error('a type');
      return item.type;
    };
    expect(parseWave(`[${'n19999, '.repeat(100_000)}]`, type('t'))).toHaveLength(100_000);
    expect(Object.keys(parseWave(`{${named(20_000, (n) => `${n}: 1`)}}`, type('r')) as object)).toHaveLength(
      20_000,
    );
    expect(Object.keys(parseWave(`{${named(20_000, (n) => n)}}`, type('f')) as object)).toHaveLength(20_000);
  });

  it.each<[string, string, RegExp]>([
    ['a label', 'a'.repeat(5_000_000), /expected/u],
    ['a label of words', `a${'-a'.repeat(2_000_000)}`, /expected/u],
    ['brackets', '['.repeat(100_000), /nest deeper|expected/u],
  ])('are refused without recursion: %s', (_what, text, message) => {
    for (const type of ['u8', 'bool', 'list<list<u8>>', 'option<option<bool>>'])
      expect(() => parseWave(text, typeOf(type))).toThrow(message);
  });
});
