import { expect, it } from 'vitest';
import { compareWithKnown, loadKnownFailures, proposeKnownFailures } from './known-failures.ts';
import { conformanceSuites } from './registry.ts';
import type { CaseResult, SuiteReport } from './conformance-suite.ts';

const failure = (file: string, name: string, line?: number): CaseResult => ({
  file,
  name,
  status: 'failed',
  ...(line === undefined ? {} : { line }),
});

it('proposes entries that match the failures they were made from', () => {
  const cases = [
    failure('../shared/corpus/wast/a.wast', 'x', 1),
    failure('../shared/corpus/wast/a.wast', 'x', 9),
    failure('../shared/corpus/decode/b.wat', 'b'),
  ];
  const entries = proposeKnownFailures(cases);
  expect(entries).toEqual([
    { file: 'wast/a.wast', lines: [1, 9], reason: '' },
    { file: 'decode/b.wat', names: ['b'], reason: '' },
  ]);
  const report: SuiteReport = { suite: 'wast', passed: 0, failed: 3, skipped: 0, cases };
  expect(compareWithKnown(report, entries)).toEqual({
    known: cases,
    unexpectedFailures: [],
    unexpectedPasses: [],
    stale: [],
  });
});

it('lists known failures only for existing suites, each with a reason', async () => {
  const known = await loadKnownFailures();
  expect([...known.keys()].filter((name) => !conformanceSuites.has(name))).toEqual([]);
  expect([...known.values()].flat().filter(({ reason }) => reason.trim() === '')).toEqual([]);
});
