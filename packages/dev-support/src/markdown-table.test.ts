import { format } from 'prettier';
import { expect, it } from 'vitest';
import { markdownTable } from './markdown-table.ts';

it('pads the cells as prettier does', async () => {
  const rows = [
    ['`wit-pass`', 'a longer cell', '1'],
    ['b', '', '1,000'],
  ];
  const text = `${markdownTable(['suite', '', 'n'], rows, { firstNumber: 2 }).join('\n')}\n`;
  expect(await format(text, { parser: 'markdown' })).toBe(text);
});
