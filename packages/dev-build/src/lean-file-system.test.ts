import { expect, it } from 'vitest';
import { withoutImport } from './lean-file-system.ts';

it('takes `node:fs` with a function that does not look at all of it', () => {
  const code = [
    'import { a } from "./a.js";',
    'import { openSync as open, readSync } from "node:fs";',
    'open(a);',
  ];
  expect(withoutImport(code.join('\n'))).toBe(
    [
      code[0],
      'import { createRequire as requireOf } from "node:module"; const { openSync: open, readSync } = requireOf(import.meta.url)("node:fs");',
      code[2],
    ].join('\n'),
  );
});

it.each([
  'import fs from "node:fs";',
  'import { readFile } from "node:fs/promises";',
  'const text = `\n  import { a } from "node:fs";`;',
])('leaves %s', (code) => {
  expect(withoutImport(code)).toBe(code);
});
