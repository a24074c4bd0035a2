import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '@wit-ts/dev-support/workspace';

/** `docs/faults.md` says which test holds which fault. */

const ROW = /^\| (?<fault>.+?) +\| `(?<test>.+?)` +\| \[.+?\]\(\.\.\/(?<file>.+?)\) +\|$/u;

const rows = readFileSync(join(root, 'docs/faults.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:fault|-+) /u.test(line))
  .map((line) => ({ line, groups: ROW.exec(line)?.groups }));

it('reads every row of docs/faults.md', () => {
  expect(rows.filter(({ groups }) => groups === undefined)).toEqual([]);
  expect(rows.length).toBeGreaterThan(50);
});

describe('docs/faults.md', () => {
  it.each(rows.map(({ groups }) => [groups!['fault']!, groups!['test']!, groups!['file']!] as const))(
    'names a test that exists for the fault: %s',
    (_, test, file) => {
      const path = join(root, file);
      expect(existsSync(path)).toBe(true);
      const name = test.replaceAll('\\|', '|');
      const quoted = [`'${name}'`, `"${name}"`, `'${name.replaceAll("'", "\\'")}'`];
      const text = readFileSync(path, 'utf8');
      expect(quoted.some((literal) => text.includes(literal))).toBe(true);
    },
  );
});
