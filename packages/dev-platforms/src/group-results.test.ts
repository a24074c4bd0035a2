import { describe, expect, it } from 'vitest';
import { groupResults, groupRows } from './group-results.ts';
import { parseOutput } from './runners/platform-output.ts';

function printed(engine: string, name: string, outcome: string, rest: object = {}): string {
  return JSON.stringify({ tag: 'case', engine, name, outcome, ...rest });
}

const grouped = (group: string, limited = false) => ({ table: 'concurrency', group, limited });

describe('groupRows', () => {
  it('counts a case once for two engines, and as failed if one of them failed', () => {
    const lines = [
      printed('compile', 'a', 'passed', grouped('calls')),
      printed('compile', 'b', 'failed', grouped('calls')),
      printed('compile', 'numbers', 'passed'),
      printed('reference', 'a', 'passed', grouped('calls')),
      printed('reference', 'b', 'passed', grouped('calls')),
    ];
    const output = parseOutput('1', lines.join('\n'));
    expect(groupRows([groupResults(output, 'wasi')])).toEqual([]);
    const results = groupResults(output, 'concurrency');
    expect(groupRows([results])).toEqual([['calls', '1 + 1 failed']]);
  });

  it('shows which cases a platform could only do in part, beside others', () => {
    const suspends = groupResults(
      parseOutput('1', printed('compile', 'a', 'passed', grouped('threads', false))),
      'concurrency',
    );
    const lines = ['a', 'b'].map((name) => printed('compile', name, 'passed', grouped('threads', true)));
    const limited = groupResults(parseOutput('1', lines.join('\n')), 'concurrency');
    const none = groupResults(parseOutput('1', ''), 'concurrency');
    expect(groupRows([suspends, limited, none])).toEqual([['threads', '1', '0 + 2 limited', '']]);
  });
});
