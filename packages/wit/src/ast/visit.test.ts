import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomWit } from '../fixtures/random-wit.ts';
import {
  attachComments,
  nodeSpan,
  parse,
  parseOrThrow,
  visit,
  type AnyNode,
  type Ast,
  type Comment,
  type NodeKind,
} from '../index.ts';

const text = `// the file
package a:b@1.0.0; // the package

use c:d/e as f;
/// One interface.
@since(version = 1.0.0) // gated
interface i {
  use f.{t, u as v}; // used
  record r {
    /// A field.
    x: list<t, 4>, // four of them
    y: option<own<s>>
    // and no more
  }
  resource s {
    /* makes one */ constructor(a: u8);
    m: static async func() -> result<_, string>; /* static */
  }
  flags g { a /* first */, b }
  variant w { c(tuple<u8, map<string, u8>>), d }
}
world k {
  // nothing yet
}
world l {
  import i;
  export g: func(a: stream);
  import h: interface { f: func(); }
  include k with { a as b }
}
package n:m { @unstable(feature = z) interface o {} }
// the end
`;

function kindsOf(file: Ast): NodeKind[] {
  const kinds: NodeKind[] = [];
  visit(file, {
    enter: ({ kind }) => {
      kinds.push(kind);
    },
  });
  return kinds;
}

describe('visit', () => {
  it('visits nodes of every kind', () => {
    expect([...new Set(kindsOf(parseOrThrow(text)))].sort()).toEqual([
      'attribute',
      'case',
      'extern',
      'field',
      'file',
      'func',
      'funcType',
      'ident',
      'include',
      'interface',
      'label',
      'method',
      'package',
      'packageName',
      'param',
      'path',
      'renamed',
      'topLevelUse',
      'type',
      'typeDef',
      'use',
      'version',
      'world',
    ]);
  });

  it('calls the function for a kind with the ancestors of the node', () => {
    const names: string[] = [];
    visit(parseOrThrow(text), {
      field: ({ name }, ancestors) => {
        names.push(`${ancestors.map(({ kind }) => kind).join(' ')}: ${name.name}`);
      },
    });
    expect(names).toEqual(['file interface typeDef: x', 'file interface typeDef: y']);
  });

  it('does not visit the inside of a node for which the visitor returns false', () => {
    const seen: string[] = [];
    visit(parseOrThrow(text), {
      interface: ({ name }) => name.name !== 'i',
      world: () => false,
      ident: ({ name }) => {
        seen.push(name);
      },
      leave: ({ kind, node }) => {
        if (kind === 'interface') seen.push(`after ${(node as { name: { name: string } }).name.name}`);
      },
    });
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'after i', 'n', 'm', 'z', 'o', 'after o']);
  });

  it('visits nodes in the order of the text, outer nodes first', () => {
    fc.assert(
      fc.property(randomWit(), (wit) => {
        const file = parse(wit).value;
        let last = 0;
        visit(file, {
          enter: ({ node }, ancestors) => {
            const { start, end } = nodeSpan(node);
            expect(start).toBeGreaterThanOrEqual(last);
            last = start;
            const parent = ancestors.at(-1);
            if (parent === undefined) return;
            const around = nodeSpan(parent.node);
            expect([start >= around.start, end <= around.end + 1]).toEqual([true, true]);
          },
        });
      }),
      { numRuns: 30 },
    );
  });

  it('visits the nodes that a text with mistakes has', () => {
    expect(kindsOf(parse('interface { f func( } world w { import').value)).toContain('interface');
  });
});

function described(file: Ast): string[] {
  const { of } = attachComments(file);
  const lines: string[] = [];
  const tell = (place: string, kind: NodeKind, node: AnyNode, comments: readonly Comment[]): void => {
    const { start } = nodeSpan(node);
    const begin = file.file.text.slice(start, start + 12).split('\n')[0]!;
    for (const comment of comments) lines.push(`${comment.text} is ${place} ${kind} ${begin}`);
  };
  visit(file, {
    enter: ({ kind, node }) => {
      const { leading, inner, trailing } = of(node);
      tell('before', kind, node, leading);
      tell('in', kind, node, inner);
      tell('after', kind, node, trailing);
    },
  });
  return lines;
}

describe('attachComments', () => {
  it('attaches comments to the nodes that they describe', () => {
    expect(described(parseOrThrow(text))).toEqual([
      '// the end is in file // the file',
      '// the file is before package package a:b@',
      '// the package is after package package a:b@',
      '/// One interface. is before interface @since(versi',
      '// gated is after attribute since(versio',
      '// used is after use use f.{t, u ',
      '// and no more is in typeDef record r {',
      '/// A field. is before field x: list<t, 4',
      '// four of them is after field x: list<t, 4',
      '/* makes one */ is before method constructor(',
      '/* static */ is after method m: static as',
      '/* first */ is after label a /* first *',
      '// nothing yet is in world world k {',
    ]);
  });

  it('reports their positions', () => {
    const file = parseOrThrow(text);
    const { all } = attachComments(file);
    expect(all.map(({ span }) => text.slice(span.start, span.end))).toEqual(
      all.map((comment) => comment.text),
    );
    expect(all.filter(({ isLine }) => !isLine).map((comment) => comment.text)).toEqual([
      '/* makes one */',
      '/* static */',
      '/* first */',
    ]);
  });

  it('attaches each comment to one node', () => {
    fc.assert(
      fc.property(
        randomWit(),
        fc.constantFrom('', '\n// a', ' /* b */', ' // c\n'),
        fc.nat(40),
        (wit, comment, every) => {
          let count = 0;
          const commented = wit.replaceAll(/[;,{}]/gu, (sign) => {
            count += 1;
            return count % (every + 1) === 0 ? `${sign}${comment}\n` : sign;
          });
          const file = parse(commented).value;
          const { all, of } = attachComments(file);
          const given: Comment[] = [];
          visit(file, {
            enter: ({ node }) => {
              given.push(...Object.values(of(node)).flat());
            },
          });
          expect(given.map(({ span }) => span.start).sort((a, b) => a - b)).toEqual(
            all.map(({ span }) => span.start),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
