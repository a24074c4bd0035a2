import { describe, expect, it } from 'vitest';
import { runAll, totalLine } from './run-all.ts';
import { single, skipped, type CheckStep } from './step.ts';

const step = (name: string, run: CheckStep['run']): CheckStep => ({ name, run });

describe('runAll', () => {
  it('continues after failures and adds up the results of all steps', async () => {
    const lines: string[] = [];
    const total = await runAll(
      [
        step('good', async () => single([], 'fast')),
        step('bad', async () => single(['line one\nline two'])),
        step('broken', async () => {
          throw new Error('broken step');
        }),
        step('absent', async () => skipped('nothing here')),
        step('many', async () => ({ passed: 10, failed: 0, skipped: 2, problems: [] })),
      ],
      (line) => lines.push(line),
    );
    expect(totalLine(total)).toBe('11 passed, 2 failed, 3 skipped');
    const output = lines.join('\n').replaceAll(/\d+\.\d s/gu, 'TIME');
    expect(output).toContain(
      ' ok  good (TIME): fast\nFAIL bad (TIME)\n       line one\n       line two\nFAIL broken (TIME)',
    );
    expect(output).toContain('Error: broken step');
    expect(output).toContain('skip absent (TIME): nothing here');
  });

  it('shows the first problems and counts the rest', async () => {
    const lines: string[] = [];
    const problems = Array.from({ length: 25 }, (_, at) => `problem ${at}`);
    await runAll([step('bad', async () => single(problems))], (line) => lines.push(line.trim()));
    expect(lines).toContain('problem 19');
    expect(lines).not.toContain('problem 20');
    expect(lines).toContain('… and 5 more');
  });
});
