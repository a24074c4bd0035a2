import type { CaseResult, KnownFailure, SuiteReport } from '@wit-ts/dev-conformance';
import { describe, expect, it } from 'vitest';
import { overstatements, weigh } from './conformance.ts';

function report(cases: readonly CaseResult[]): SuiteReport {
  const count = (status: CaseResult['status']): number =>
    cases.filter((each) => each.status === status).length;
  return {
    suite: 'wast',
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    cases,
  };
}

const at = (line: number, status: CaseResult['status']): CaseResult => ({
  file: '../shared/wast/a.wast',
  name: 'x',
  line,
  status,
});
const known = (...entries: readonly KnownFailure[]): ReadonlyMap<string, readonly KnownFailure[]> =>
  new Map([['wast', entries]]);

describe('weigh', () => {
  it('counts a known failure as skipped', () => {
    const result = weigh(
      [report([at(1, 'passed'), at(2, 'failed')])],
      known({ file: 'a.wast', lines: [2], reason: 'x' }),
    );
    expect(result).toMatchObject({ passed: 1, failed: 0, skipped: 1, problems: [], note: 'wast 1/2' });
  });

  it('fails for a failure that is not known', () => {
    const result = weigh([report([at(1, 'failed')])], known());
    expect(result).toMatchObject({
      passed: 0,
      failed: 1,
      skipped: 0,
      problems: ['wast ../shared/wast/a.wast:1 x: failed'],
    });
  });

  it('fails for a pass that is listed as a known failure', () => {
    const result = weigh([report([at(1, 'passed')])], known({ file: 'wast/a.wast', reason: 'x' }));
    expect(result).toMatchObject({ passed: 0, failed: 1 });
    expect(result.problems[0]).toContain('passes now');
  });

  it('fails for an entry that matches nothing', () => {
    const result = weigh([report([at(1, 'passed')])], known({ file: 'b.wast', lines: [1], reason: 'x' }));
    expect(result).toMatchObject({ passed: 1, failed: 1 });
    expect(result.problems[0]).toContain('b.wast 1: not every case of it is there');
  });

  it('matches the end of a path only at a whole folder or file', () => {
    expect(weigh([report([at(1, 'failed')])], known({ file: '.wast', reason: 'x' }))).toMatchObject({
      failed: 2,
    });
  });

  it('ignores the known failures of a suite whose corpus does not exist', () => {
    const result = weigh([report([at(1, 'skipped')])], known({ file: 'a.wast', lines: [9], reason: 'x' }));
    expect(result).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
  });
});

describe('overstatements', () => {
  const page = '| `wast` | scripts |      2 |      0 |       0 | 100.0 % |';

  it('accepts a page that says less than what passes', () => {
    expect(overstatements([report([at(1, 'passed'), at(2, 'passed'), at(3, 'passed')])], page)).toEqual([]);
  });

  it('reports a page that says more than what passes', () => {
    const reports = [report([at(1, 'passed'), at(2, 'failed')])];
    expect(overstatements(reports, page)).toEqual([
      'docs/conformance.md says that 2 cases of wast pass; 1 do.',
    ]);
  });

  it('reports nothing if the corpus does not exist', () => {
    expect(overstatements([report([at(1, 'skipped')])], page)).toEqual([]);
  });
});
