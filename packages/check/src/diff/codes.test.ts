import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const HERE = new URL('./', import.meta.url);
const PAGE = readFileSync(new URL('../../../../docs/codes-diff.md', import.meta.url), 'utf8');

describe('docs/codes-diff.md', () => {
  const source = readdirSync(HERE)
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, HERE), 'utf8'))
    .join('\n');
  const codes = new Set([...source.matchAll(/code: '([a-z-]+)'/gu)].map(([, code = '']) => code));

  it.each([...codes])('has %s', (code) => {
    expect(PAGE).toContain(`\`${code}\``);
  });

  it('knows those that are made of a noun and what happened', () => {
    for (const noun of ['interface', 'world', 'function', 'type', 'import', 'export']) {
      expect(PAGE).toContain(`\`${noun}-added\``);
      expect(PAGE).toContain(`\`${noun}-removed\``);
    }
    expect(codes.size).toBeGreaterThan(5);
  });
});
