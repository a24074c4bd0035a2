import { describe, expect, it } from 'vitest';
import { checkAnswer } from './check-answer.ts';
import { valuesByHand } from './contenders/by-hand/values.ts';
import { host } from './guests/bench-guest.ts';
import { allSuites } from './suites/suites.ts';
import { values } from './suites/values.ts';
import { testComponent } from './test-component.ts';

describe.each(allSuites)('the glue by hand for $component', async (suite) => {
  const component = await testComponent(suite.component);
  const guest = await suite.contenders['by hand'](component, '');

  it.each(suite.rows)('answers $name', async ({ call }) => {
    await expect(checkAnswer('by hand', guest, call)).resolves.toBeUndefined();
  });

  it('answers the calls that are not measured', async () => {
    for (const call of suite.unmeasuredCalls) await checkAnswer('by hand', guest, call);
  });
});

describe('checkAnswer', async () => {
  const guest = await valuesByHand(await testComponent(values.component), host);

  it('names the call, the expected answer and the given answer', async () => {
    const wrong = { ...guest, add: () => 5 };
    await expect(checkAnswer('someone', wrong, values.rows[0]!.call)).rejects.toThrow(
      'someone gives a wrong answer to `last = guest.add(arg0, arg1);`, so its time cannot be compared: ' +
        'expected { value: 40002 }, got { value: 5 }',
    );
  });

  it('distinguishes an err from any other exception', async () => {
    const wrong = {
      ...guest,
      process: () => {
        throw new RangeError('out of bounds');
      },
    };
    const refused = values.unmeasuredCalls.find(({ code }) => code.includes('process'))!;
    await expect(checkAnswer('someone', wrong, refused)).rejects.toThrow(
      /expected .*payload.*, got .*RangeError/,
    );
  });
});
