import { describe, expect, it } from 'vitest';
import { checkAnswer } from './agree.ts';
import { byHand } from './contenders/by-hand.ts';
import { host, testComponent } from './guest.ts';
import { guest as suite } from './suites/guest.ts';
import { suites } from './suites/suites.ts';

describe.each(suites)('glue by hand for $component', async (each) => {
  const component = await testComponent(each.component);
  const guest = await each.contenders['by hand'](component, '');

  it.each(each.rows)('answers $name', ({ call }) => {
    expect(() => checkAnswer('by hand', guest, call)).not.toThrow();
  });

  it('answers the further calls', () => {
    for (const call of each.furtherCalls) checkAnswer('by hand', guest, call);
  });
});

describe('checkAnswer', async () => {
  const guest = await byHand(await testComponent(suite.component), host);

  it('says what was expected and what came', () => {
    const wrong = { ...guest, add: () => 5 };
    expect(() => checkAnswer('someone', wrong, suite.rows[0]!.call)).toThrow(
      'someone does not give the answer of `last = guest.add(arg0, arg1);`, so there is nothing to compare: expected { value: 40002 }, got { value: 5 }.',
    );
  });

  it('tells an err from another exception', () => {
    const wrong = {
      ...guest,
      process: () => {
        throw new RangeError('out of bounds');
      },
    };
    const refused = suite.furtherCalls.find(({ code }) => code.includes('process'))!;
    expect(() => checkAnswer('someone', wrong, refused)).toThrow(/expected .*payload.*, got .*RangeError/);
  });
});
