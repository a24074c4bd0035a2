import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { SuiteReport } from './conformance-suite.ts';
import { conformance, scratchFiles } from './fixtures/process.ts';

const file = scratchFiles();

describe('pnpm conformance', () => {
  it('prints each failure with its reason, writes the results as JSON, and exits with 1', async () => {
    const script = await file(
      'script.wast',
      String.raw`(component binary "\00asm\0d\00\01\00")
(assert_malformed (component binary "\00asm\0d\00\01\00") "not so")
(component binary)`,
    );
    const json = `${script}.json`;
    const { code, stdout } = await conformance('wast', script, '--json', json);
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^FAIL .*script\.wast:2 assert_malformed \(component binary\): expected the component to be rejected \(not so\), but no error was thrown$/u,
    );
    expect(lines[1]).toMatch(/^FAIL .*script\.wast:3 component binary: DecodeError: /u);
    expect(lines[2]).toBe('wast: 1 passed, 2 failed, 0 skipped');
    const report = JSON.parse(await readFile(json, 'utf8')) as SuiteReport;
    expect(report).toMatchObject({ suite: 'wast', passed: 1, failed: 2, skipped: 0 });
    expect(report.cases.map(({ line, status }) => [line, status])).toEqual([
      [1, 'passed'],
      [2, 'failed'],
      [3, 'failed'],
    ]);
  });

  it('exits with 2 for wrong usage', async () => {
    // `main.slow.test.ts` tries other mistakes.
    const { code, stderr } = await conformance('nope');
    expect(code).toBe(2);
    expect(stderr).toContain('no suite is named `nope`');
  });
});
