import { describe, expect, it } from 'vitest';
import { summarize, type TestReport } from './tests.ts';

const report = (more: Partial<TestReport>): TestReport => ({
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [],
  ...more,
});

describe('summarize', () => {
  it('counts tests', () => {
    expect(summarize(report({}))).toEqual({
      passed: 3,
      failed: 0,
      skipped: 2,
      problems: [],
      note: '0 files',
    });
  });

  it('names a failed test and says why', () => {
    const result = summarize(
      report({
        success: false,
        numFailedTests: 1,
        testResults: [
          {
            name: 'a.test.ts',
            status: 'failed',
            assertionResults: [
              {
                fullName: 'a b',
                status: 'failed',
                failureMessages: [
                  'expected 1\n    at file:///x/node_modules/vitest/a.js:1:1\n    at a.test.ts:3:4',
                ],
              },
            ],
          },
        ],
      }),
    );
    expect(result).toMatchObject({ failed: 1 });
    expect(result.problems[0]).toMatch(/a\.test\.ts: a b\nexpected 1\n    at a\.test\.ts:3:4$/u);
  });

  it('counts a file that fails before its tests run', () => {
    const result = summarize(
      report({
        success: false,
        testResults: [{ name: 'a.test.ts', status: 'failed', message: 'cannot load', assertionResults: [] }],
      }),
    );
    expect(result).toMatchObject({ failed: 1 });
    expect(result.problems[0]).toMatch(/cannot load$/u);
  });

  it('fails if the test runner fails for any reason', () => {
    expect(summarize(report({ success: false }))).toMatchObject({
      failed: 1,
      problems: [expect.any(String)],
    });
  });
});
