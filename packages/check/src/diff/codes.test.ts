import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PAGE = readFileSync(new URL('../../../../docs/codes-diff.md', import.meta.url), 'utf8');
const REPORT = readFileSync(new URL('./report.ts', import.meta.url), 'utf8');

/** The literals of a union of codes; those made of a noun and what happened are written out. */
function codesIn(declaration: RegExp): string[] {
  const [, union = ''] = declaration.exec(REPORT) ?? [];
  const presence = /`\$\{([^}]*)\}-\$\{([^}]*)\}`/u.exec(union);
  const composed = literals(presence?.[1]).flatMap((noun) =>
    literals(presence?.[2]).map((happened) => `${noun}-${happened}`),
  );
  return [...composed, ...literals(union.replace(presence?.[0] ?? '', ''))];
}

function literals(text = ''): string[] {
  return [...text.matchAll(/'([a-z-]+)'/gu)].map(([, word = '']) => word);
}

describe('docs/codes-diff.md', () => {
  const changes = codesIn(/type ChangeCode =([^;]*);/u);
  const remarks = codesIn(/interface Remark \{\s*readonly code: ([^;]*);/u);

  it('is compared with all codes', () => {
    expect(changes).toContain('interface-added');
    expect(changes).toHaveLength(6 * 2 + 9);
    expect(remarks).toHaveLength(4);
  });

  it.each([...changes, ...remarks])('explains %s', (code) => {
    expect(PAGE).toContain(`\`${code}\``);
  });
});
