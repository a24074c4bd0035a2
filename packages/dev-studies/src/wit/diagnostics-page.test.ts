import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceFile } from '@wit-ts/diagnostics';
import { resolve } from '@wit-ts/wit';
import { describe, expect, it } from 'vitest';
import { root } from '@wit-ts/dev-support/workspace';
import { brokenFiles, brokenText, codeSection } from './diagnostics-page.ts';

const page = readFileSync(join(root, 'docs/diagnostics.md'), 'utf8');

describe('docs/diagnostics.md', () => {
  it.each(brokenFiles)('contains today’s diagnostics for $name', ({ name, title }) => {
    const [before = ''] = codeSection(name, title, '').split('The reference:');
    expect(page).toContain(before);
  });
});

describe('five separate mistakes', () => {
  it('give five diagnostics, each at its mistake', () => {
    const file = new SourceFile('five-mistakes.wit', brokenText('five-mistakes.wit'));
    const found = resolve(file).diagnostics.map(({ code, span }) => {
      const { line, column } = file.position(span!.start);
      return `${line}:${column} ${code} ${file.text.slice(span!.start, span!.end)}`;
    });
    expect(found.toSorted()).toEqual([
      '11:10 unknown-type date',
      '14:21 unknown-type strin',
      '16:3 expected-token count',
      '20:10 unknown-interface book',
      '6:5 missing-separator pages',
    ]);
  });
});
