import { describe, expect, it } from 'vitest';
import { escaped } from './ascii-only.ts';

describe('escaped', () => {
  it.each(['"a › b…"', '`${1} › ${"é"}`', '"😀\\n"', '/^😀$/u.test("😀")'])(
    'keeps the meaning of %s',
    (code) => {
      const text = escaped(code);
      expect(text).toMatch(/^[\0-\x7f]*$/);
      expect(run(text)).toEqual(run(code));
    },
  );
});

/** Evaluates an expression. */
function run(expression: string): unknown {
  // oxlint-disable-next-line no-implied-eval, no-new-func -- the text is this test's
  return new Function(`return ${expression}`)();
}
