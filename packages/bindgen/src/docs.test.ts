import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fixtureNames, goldenFiles } from './fixtures/fixture-files.ts';

it('docs/generated-code.md shows what is generated', () => {
  const text = readFileSync(new URL('../../../docs/generated-code.md', import.meta.url), 'utf8');
  const generated = new Set(
    fixtureNames().flatMap((name) => goldenFiles(name).flatMap(({ content }) => content.split('\n'))),
  );
  const shown = [...text.matchAll(/```ts\n(.*?)```/gsu)].flatMap(([, code = '']) => code.split('\n'));
  // What a user writes against it is shown too, and what is left out is marked.
  const written = /…|^\/\/\/|^import /u;
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter((line) => !generated.has(line) && !written.test(line))).toEqual([]);
});
