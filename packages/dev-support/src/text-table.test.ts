import { describe, expect, it } from 'vitest';
import { textTable } from './text-table.ts';

describe('textTable', () => {
  it('aligns the first column to the left and the others to the right', () => {
    expect(
      textTable(
        ['', 'ns'],
        [
          ['add', '5'],
          ['a longer name', '1,000'],
        ],
      ).split('\n'),
    ).toEqual([
      '                  ns',
      '─────────────  ─────',
      'add                5',
      'a longer name  1,000',
    ]);
  });

  it('aligns more columns to the left when asked to', () => {
    const lines = textTable(['name', 'engine', 'cases'], [['node', 'compile', '5']], { firstNumber: 2 });
    expect(lines.split('\n')).toEqual([
      'name  engine   cases',
      '────  ───────  ─────',
      'node  compile      5',
    ]);
  });
});
