import { describe, expect, it } from 'vitest';
import { outcomeOf } from './runners/outcome.ts';
import { tally } from './tally.ts';

const chosen = '{"tag":"chosen","engine":"compile"}';
const passed = '{"tag":"case","engine":"compile","name":"numbers","outcome":"passed"}';
const failed = '{"tag":"case","engine":"reference","name":"traps","outcome":"failed","reason":"no trap"}';
const skipped = '{"tag":"case","engine":"reference","name":"js","outcome":"skipped","reason":"not built"}';
const end = '{"tag":"end"}';

function count(...printed: readonly string[]) {
  return tally('node-26', outcomeOf('26.0.0', printed.join('\n')), 1.5);
}

describe('tally', () => {
  it('counts what a platform reported, among other things that it said', () => {
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

  it('has failed where a platform did not come to its end, and shows what it said', () => {
    const { failed: failures, problems } = count(chosen, passed, 'Segmentation fault', '{"tag":"case","en');
    expect(failures).toBe(1);
    expect(problems).toEqual(['it did not come to the end. It said:\nSegmentation fault\n{"tag":"case","en']);
  });

  it('has failed where nothing was said at all', () => {
    expect(count()).toMatchObject({ engines: '?', passed: 0, failed: 1 });
  });
});
