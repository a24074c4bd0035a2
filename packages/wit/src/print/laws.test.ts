import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { hasErrors } from '@wit-ts/diagnostics';
import { toJson, type Resolve } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomWit } from '../fixtures/random-wit.ts';
import { resolve } from '../resolve/resolve.ts';
import { print } from './print.ts';

const corpus = new URL('../../../../../shared/corpus/wit-parse-pass/', import.meta.url);
const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith('.wit')) : [];

interface Printed {
  /** To be resolved again, with the packages it needs. */
  readonly text: string;
  /** Without them: where a gated item was all that joined two packages, their order is not that of the text. */
  readonly alone: string;
  readonly json: string;
}

/** `undefined` where the text is in error. */
function printed(text: string): Printed | undefined {
  const { value, diagnostics } = resolve(text, { features: ['active'], encodable: false });
  if (hasErrors(diagnostics) || value.package === undefined) return undefined;
  return {
    text: print(value.resolve, value.package, { nested: true }),
    alone: print(value.resolve, value.package),
    json: jsonOf(value.resolve),
  };
}

function jsonOf(contract: Resolve): string {
  return JSON.stringify(toJson(contract), undefined, 1);
}

describe('print of a contract, resolved again', () => {
  it('has the same JSON', () => {
    let count = 0;
    fc.assert(
      fc.property(randomWit(), (text) => {
        const first = printed(text);
        fc.pre(first !== undefined);
        count += 1;
        expect(printed(first!.text)?.json).toBe(first!.json);
      }),
      { numRuns: 150 },
    );
    expect(count).toBe(150);
  });

  it('has the same text', () => {
    fc.assert(
      fc.property(randomWit(), (text) => {
        const first = printed(text);
        fc.pre(first !== undefined);
        expect(printed(first!.text)?.text).toBe(first!.text);
      }),
      { numRuns: 50 },
    );
  });
});

describe.skipIf(files.length === 0)('print of the corpus, resolved again (needs ../shared)', () => {
  it.each(files)('%s has the same text', (name) => {
    const first = printed(readFileSync(new URL(name, corpus), 'utf8'));
    expect(first).toBeDefined();
    expect(printed(first!.text)?.alone).toBe(first!.alone);
  });
});
