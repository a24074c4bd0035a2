import { describe, expect, it } from 'vitest';
import { parseOutput } from './runners/platform-output.ts';
import { countResults } from './count-results.ts';

const chosen = '{"tag":"chosen","engine":"compile"}';
const passed = '{"tag":"case","engine":"compile","name":"numbers","outcome":"passed"}';
const failed = '{"tag":"case","engine":"reference","name":"traps","outcome":"failed","reason":"no trap"}';
const skipped = '{"tag":"case","engine":"reference","name":"js","outcome":"skipped","reason":"not built"}';
const end = '{"tag":"end"}';

function count(...printed: readonly string[]) {
  return countResults('node-26', parseOutput('26.0.0', printed.join('\n')), 1.5);
}

describe('countResults', () => {
  it('counts the reported cases and ignores other output', () => {
    expect(count('(node) warning', chosen, passed, `log: ${failed}`, skipped, end)).toEqual({
      platform: 'node-26',
      version: '26.0.0',
      engines: 'compile, reference',
      passed: 1,
      failed: 1,
      skipped: 1,
      seconds: 1.5,
      problems: ['failed: traps (reference): no trap', 'skipped: js (reference): not built'],
    });
  });

  it('counts a platform that did not finish as failed, and shows its output', () => {
    const { failed: failures, problems } = count(chosen, passed, 'Segmentation fault', '{"tag":"case","en');
    expect(failures).toBe(1);
    expect(problems).toEqual([
      'the test file did not finish. Its output:\nSegmentation fault\n{"tag":"case","en',
    ]);
  });

  it('counts a platform without output as failed', () => {
    expect(count()).toMatchObject({ engines: '?', passed: 0, failed: 1 });
  });
});
