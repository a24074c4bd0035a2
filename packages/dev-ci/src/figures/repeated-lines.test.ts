import { expect, it } from 'vitest';
import { repeatedRuns } from './repeated-lines.ts';

const lines = (...names: readonly string[]): string => names.map((name) => `const ${name} = 1;\n`).join('\n');

it('finds the longest runs of lines that occur twice in the sources', () => {
  const common = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const sources = new Map([
    ['one.ts', `import { x } from './x.ts';\n${lines('before', ...common, 'after')}`],
    ['two.ts', lines(...common, 'other')],
    ['three.ts', lines('a', 'b', 'c', 'd', 'e')],
  ]);
  expect(repeatedRuns(sources)).toEqual([{ lines: 7, places: ['one.ts:4', 'two.ts:1'] }]);
});
