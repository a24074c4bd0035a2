import * as fc from 'fast-check';
import { doc, type Doc } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { Printable } from '../printable.ts';
import {
  fluid,
  group,
  groupOnlyIf,
  hardline,
  hugLast,
  ifBroken,
  indent,
  line,
  objectGroup,
  softline,
} from './layout-node.ts';
import { layOut } from './lay-out.ts';

const { builders, printer, utils } = doc;

const words = fc
  .tuple(fc.constantFrom('a', 'of', 'name', 'Source'), fc.integer({ min: 1, max: 6 }))
  .map(([word, count]) => word.repeat(count));

/** Texts with all kinds of nodes. A break is followed by a word, so that no line is blank. */
const { part: parts } = fc.letrec<{ part: Printable }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    words,
    words.map((word) => [line, word]),
    words.map((word) => [softline, word]),
    words.map((word) => [hardline, word]),
    words.map((word) => ifBroken(word)),
    fc.array(tie('part'), { minLength: 1, maxLength: 5 }),
    tie('part').map(group),
    tie('part').map(indent),
    fc.tuple(words, tie('part')).map(([word, value]) => group([word, fluid([word, value])])),
    fc.tuple(tie('part'), tie('part')).map(([first, second]) => group([groupOnlyIf(first, second), second])),
    fc.tuple(words, tie('part')).map(([word, value]) => {
      const last = objectGroup(['{', indent([line, word, value]), line, '}']);
      return hugLast(['(', word, ', '], last, [
        '(',
        indent([hardline, word, ',', hardline, last]),
        hardline,
        ')',
      ]);
    }),
  ),
}));

/** Returns the document of prettier for a text. */
function documentOf(part: Printable): Doc {
  if (typeof part === 'string') return part;
  if (!('tag' in part)) return part.map(documentOf);
  switch (part.tag) {
    case 'line':
      return { space: builders.line, soft: builders.softline, hard: builders.hardline }[part.kind];
    case 'indent':
      return builders.indent(documentOf(part.contents));
    case 'group': {
      const isGroup = part.onlyIf === undefined || utils.willBreak(documentOf(part.onlyIf));
      return isGroup ? builders.group(documentOf(part.contents)) : documentOf(part.contents);
    }
    case 'if-broken':
      return builders.ifBreak(documentOf(part.broken));
    case 'fluid': {
      const groupId = Symbol('fluid');
      return [
        builders.group(builders.indent(builders.line), { id: groupId }),
        builders.indentIfBreak(documentOf(part.value), { groupId }),
      ];
    }
    case 'hug-last': {
      const [before, last, apart] = [part.before, part.last.contents, part.apart].map(documentOf) as [
        Doc,
        Doc,
        Doc,
      ];
      const hugged = [before, builders.group(last, { shouldBreak: true }), ')'];
      const spread = builders.group(apart, { shouldBreak: true });
      return utils.willBreak(last)
        ? [builders.breakParent, builders.conditionalGroup([hugged, spread])]
        : builders.conditionalGroup([[before, builders.group(last), ')'], hugged, spread]);
    }
    default:
      throw new Error('no symbols are printed');
  }
}

function laidOut(part: Printable, depth = 0): string {
  return layOut([part], { textOf: ({ tag }) => tag, depth, reopens: false });
}

describe('layOut', () => {
  it('lays out as the printer of prettier does', () => {
    fc.assert(
      fc.property(parts, (part) => {
        const options = { printWidth: 80, tabWidth: 2, useTabs: false };
        const expected = printer.printDocToString(documentOf(['x', part, hardline]), options).formatted;
        expect(laidOut(['x', part])).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('has one blank line for several, and none at the start and the end', () => {
    const blank = [hardline, hardline, hardline];
    expect(laidOut([blank, 'a', blank, indent([hardline, 'b']), blank])).toBe('a\n\n  b\n');
    expect(laidOut(blank)).toBe('');
  });

  it('indents every line', () => {
    expect(laidOut(['a', hardline, 'b'], 1)).toBe('  a\n  b\n');
  });

  it('keeps the objects open that it broke, if it lays out as a second time', () => {
    const object = objectGroup(['{', indent([line, 'a'.repeat(80)]), line, '}']);
    const options = { textOf: () => '', depth: 0 };
    const part = group(['(', groupOnlyIf([indent([softline, 'x']), softline], object), '): ', object]);
    const [once, twice] = [false, true].map((reopens) => layOut([part], { ...options, reopens }));
    expect(once).toMatch(/^\(\n  x\n\): \{\n/u);
    expect(twice).toMatch(/^\(x\): \{\n/u);
  });
});
