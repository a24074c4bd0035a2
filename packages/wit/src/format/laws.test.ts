import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { parseCst } from '@wit-ts/grammar';
import * as fc from 'fast-check';
import { printer, type builders } from 'prettier/doc';
import { describe, expect, it } from 'vitest';
import { randomWit } from '../fixtures/random-wit.ts';
import { format, toJson } from '../index.ts';
import { resolve } from '../resolve/resolve.ts';
import { formatDoc } from './format.ts';
import { layout } from './layout.ts';

const sample = `package a:b@1.0.0;

use c:d/e@1.0.0 as f;

@since(version = 1.0.0)
interface i {
  use e.{a, b as c};
  record r { a: u8, b: list<u8, 4> }
  flags g { x, y }
  variant v { a(tuple<u8, u16>), b, }
  enum n { a }
  resource s { constructor(a: u8); m: static async func() -> map<string, u8>; }
  f: func(a: result<_, u8>, b: result<u8, stream<u8>>,) -> option<borrow<s>>;
}

world w {
  import i;
  export j: interface { f: func(); }
  export k: async func(a: string);
  include z with { a as b }
}

package n:m { interface i {} }
`;

const corpus = new URL('../../../../../shared/corpus/', import.meta.url);
const hasCorpus = existsSync(corpus);
const names = hasCorpus ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }) : [];
const texts = [
  sample,
  ...names
    .filter((name) => name.endsWith('.wit'))
    .map((name) => readFileSync(new URL(name, corpus), 'utf8'))
    .filter((text) => text.length < 4000),
];

/** What may stand between two tokens: hostile enough to lose, swallow or move a comment. */
const fillers = [
  '',
  ' ',
  '\n',
  '\n\n\n',
  '\t',
  '\r\n',
  ' // tail\n',
  '\n// own\n',
  '\n\n/// doc\n\n',
  ' /* a */ ',
  '\n/* own */\n',
  '/* over\n   lines */',
  '/*x*/ // y\n',
];

/** A text of the corpus with other trivia in some places. */
const disturbed = fc
  .record({
    text: fc.constantFrom(...texts),
    gaps: fc.array(fc.option(fc.constantFrom(...fillers), { freq: 2 }), { minLength: 5, maxLength: 60 }),
  })
  .map(({ text, gaps }) => {
    const { tokens } = parseCst(text);
    let out = '';
    let at = 0;
    tokens.forEach((token, i) => {
      out += text.slice(at, token.startOffset) + (gaps[i % gaps.length] ?? '') + token.image;
      at = token.startOffset + token.image.length;
    });
    return out + text.slice(at);
  });

describe.skipIf(!hasCorpus)('format of the corpus (needs ../shared)', () => {
  it('is accepted wherever the syntax is right', () => {
    const wrong = texts.filter(
      (text) => parseCst(text).errors.length === 0 && format(text).diagnostics.length > 0,
    );
    expect(wrong).toEqual([]);
  });
});

describe('format', () => {
  it('is idempotent, with comments anywhere', () => {
    fc.assert(
      fc.property(disturbed, (text) => {
        const { value, diagnostics } = format(text);
        expect(format(value).value).toBe(value);
        expect(diagnostics.some(({ code }) => code === 'format-unfaithful')).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every comment, in order', () => {
    fc.assert(
      fc.property(disturbed, (text) => {
        const before = parseCst(text);
        fc.pre(before.errors.length === 0);
        expect(commentsOf(format(text).value)).toEqual(commentsOf(text));
      }),
      { numRuns: 500 },
    );
  });

  it('returns what it cannot read as it is', () => {
    fc.assert(
      fc.property(disturbed, fc.nat(), (text, at) => {
        const cut = text.slice(0, at % text.length);
        fc.pre(parseCst(cut).errors.length > 0);
        expect(format(cut).value).toBe(cut);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a text means', () => {
  it('is not changed, documentation included', () => {
    fc.assert(
      fc.property(randomWit(), (text) => {
        expect(jsonOf(format(text).value)).toBe(jsonOf(text));
      }),
      { numRuns: 80 },
    );
  });

  it('is not changed where comments stand in unusual places', () => {
    fc.assert(
      fc.property(disturbed, (text) => {
        expect(jsonOf(format(text).value)).toBe(jsonOf(text));
      }),
      { numRuns: 200 },
    );
  });
});

describe('layout', () => {
  it("prints what prettier's doc printer prints", () => {
    fc.assert(
      fc.property(disturbed, fc.integer({ min: 10, max: 120 }), fc.boolean(), (text, printWidth, useTabs) => {
        const doc = formatDoc(text).value?.doc;
        fc.pre(doc !== undefined);
        const ours = layout(doc!, { printWidth, tabWidth: 2, indent: useTabs ? '\t' : '  ' });
        const theirs = printer.printDocToString(doc as builders.Doc, { printWidth, tabWidth: 2, useTabs });
        expect(ours).toBe(theirs.formatted);
      }),
      { numRuns: 500 },
    );
  });
});

function jsonOf(text: string): string {
  return JSON.stringify(toJson(resolve(text, { allFeatures: true }).value.resolve));
}

function commentsOf(text: string): string[] {
  return parseCst(text).comments.map(({ image }) =>
    image.startsWith('//') ? image.trimEnd() : image.replaceAll('\r\n', '\n'),
  );
}
