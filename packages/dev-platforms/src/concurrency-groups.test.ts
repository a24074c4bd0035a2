import { describe, expect, it } from 'vitest';
import { groupResults, groupRows } from './concurrency-groups.ts';
import { parseOutput } from './runners/platform-output.ts';

function printed(engine: string, name: string, outcome: string, rest: object = {}): string {
  return JSON.stringify({ tag: 'case', engine, name, outcome, ...rest });
}

const grouped = (group: string, trapped = false) => ({ group, trapped });

describe('groupRows', () => {
  it('counts a case once for two engines, and as failed if one of them failed', () => {
    const lines = [
      printed('compile', 'a', 'passed', grouped('calls')),
      printed('compile', 'b', 'failed', grouped('calls')),
      printed('compile', 'numbers', 'passed'),
      printed('reference', 'a', 'passed', grouped('calls')),
      printed('reference', 'b', 'passed', grouped('calls')),
    ];
    const results = groupResults(parseOutput('1', lines.join('\n')));
    expect(groupRows([results])).toEqual([['calls', '1 + 1 failed']]);
  });

  it('shows traps in place of suspensions, beside platforms without them', () => {
    const suspends = groupResults(
      parseOutput('1', printed('compile', 'a', 'passed', grouped('threads', false))),
    );
    const lines = ['a', 'b'].map((name) => printed('compile', name, 'passed', grouped('threads', true)));
    const traps = groupResults(parseOutput('1', lines.join('\n')));
    const none = groupResults(parseOutput('1', ''));
    expect(groupRows([suspends, traps, none])).toEqual([['threads', '1', '0 + 2 traps', '']]);
  });
});
