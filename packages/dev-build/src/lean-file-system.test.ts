import { expect, it } from 'vitest';
import { withoutImport } from './lean-file-system.ts';

it.each(['fs', 'util'])('takes `node:%s` with a function that does not look at all of it', (module) => {
  const code = [
    'import { a } from "./a.js";',
    `import { openSync as open, readSync } from "node:${module}";`,
    'open(a);',
  ];
  expect(withoutImport(code.join('\n'))).toBe(
    [
      code[0],
      `import { createRequire as ${module}Require } from "node:module"; const { openSync: open, readSync } = ${module}Require(import.meta.url)("node:${module}");`,
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
