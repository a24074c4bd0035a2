import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SOURCE = new URL('../', import.meta.url);
const PAGE = new URL('../../../../docs/codes-component.md', import.meta.url);

/** Returns the codes of findings in the source: the first text that is passed to `report` and similar functions. */
function codesInSource(): string[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?:elaborate|validate)[/\\][\w-]+(?<!\.test)\.ts$/u.test(file),
  );
  const text = files
    .map((file) => readFileSync(new URL(file.replaceAll('\\', '/'), SOURCE), 'utf8'))
    .join('\n');
  const calls = /(?:report|fault|mismatchCollector)\(\s*(?:\w+,\s*)?'([a-z]+(?:-[a-z]+)+)'/gu;
  return [...new Set([...text.matchAll(calls)].map(([, code = '']) => code))].sort();
}

describe('docs/codes-component.md', () => {
  it('has a line for each code, and for no other', () => {
    const lines = [...readFileSync(PAGE, 'utf8').matchAll(/^\| `([a-z-]+)`/gmu)].map(([, code = '']) => code);
    expect(lines.toSorted()).toEqual(codesInSource());
  });
});

describe('docs/validation-rules.md', () => {
  it('names files that exist', () => {
    const page = readFileSync(new URL('validation-rules.md', PAGE), 'utf8');
    const files = [...page.matchAll(/`([a-z]+\/[a-z-]+\.ts)`/gu)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !existsSync(new URL(file, SOURCE)))).toEqual([]);
  });
});
