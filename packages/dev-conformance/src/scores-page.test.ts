import { expect, it } from 'vitest';
import { documentedScores, scoresMarkdown } from './scores-page.ts';
import type { SuiteReport } from './conformance-suite.ts';

const report: SuiteReport = {
  suite: 'wast',
  passed: 1,
  failed: 2,
  skipped: 0,
  cases: [
    { file: '../shared/corpus/wast/a.wast', name: 'x', line: 1, status: 'passed' },
    { file: '../shared/corpus/wast/a.wast', name: 'x', line: 2, status: 'failed' },
    { file: '../shared/corpus/wast/b.wast', name: 'x', line: 1, status: 'failed' },
  ],
};

it('contains the scores, and the failures with their reasons', () => {
  const known = new Map([['wast', [{ file: 'wast/a.wast', lines: [2], reason: 'hard' }]]]);
  const page = scoresMarkdown([report], known);
  expect(page).toMatch(/^\| `wast` \| .* \| {6}1 \| {6}2 \| {7}0 \| 33\.3 % \|$/mu);
  expect(page).toContain('| `wast/a.wast` | hard    |       1 of 2 |\n');
  expect(page).toContain('| `wast/b.wast` | unknown |       1 of 1 |\n');
});

it('is read back with the same scores', () => {
  const page = scoresMarkdown([report, { ...report, suite: 'wit-pass', passed: 46 }], new Map());
  expect([...documentedScores(page)]).toEqual([
    ['wast', 1],
    ['wit-pass', 46],
  ]);
});
