import { describe, expect, it } from 'vitest';
import { docComment } from './doc-comment.ts';
import { layOut } from './layout/lay-out.ts';
import type { Printable } from './printable.ts';

function text(part: Printable): string {
  return layOut([part], { textOf: ({ tag }) => tag, depth: 0, reopens: false });
}

describe('docComment', () => {
  it('lists the cases that have documentation after that of the type', () => {
    const cases = [
      { name: 'one', docs: { contents: 'first case' } },
      { name: 'two' },
      { name: 'three', docs: { contents: 'third case,\nof two lines' } },
      { name: 'four', docs: { contents: '' } },
    ];
    expect(text(docComment({ docs: { contents: 'A type.' } }, { cases }))).toBe(
      '/**\n * A type.\n *\n * - `one`: first case\n * - `three`: third case,\n *   of two lines\n */\n',
    );
  });

  it('lists cases of a type without documentation, and nothing if no case has any', () => {
    expect(text(docComment({}, { cases: [{ name: 'one', docs: { contents: 'first' } }] }))).toBe(
      '/** - `one`: first */\n',
    );
    expect(text(docComment({}, { cases: [{ name: 'one' }] }))).toBe('');
  });

  it('keeps the documentation of a case inside the comment', () => {
    const cases = [{ name: 'one', docs: { contents: '*/ throw 1; /*' } }];
    expect(text(docComment({}, { cases }))).toBe('/** - `one`: *\\/ throw 1; /* */\n');
  });

  it('removes the margin of a block comment from a component, but not the stars of a list', () => {
    expect(text(docComment({ docs: { contents: '\n  * alpha\n  *  - beta\n  ' } }))).toBe(
      '/**\n * alpha\n *  - beta\n */\n',
    );
    expect(text(docComment({ docs: { contents: 'Items:\n * a\n * b' } }))).toBe(
      '/**\n * Items:\n *  * a\n *  * b\n */\n',
    );
  });
});
