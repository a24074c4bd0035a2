import { describe, expect, it } from 'vitest';
import { checkAnswer } from './agree.ts';
import { byHand } from './contenders/by-hand.ts';
import { host, testComponent } from './guest.ts';
import { benchGuest } from './measure-calls.ts';
import { furtherCalls, rows } from './rows.ts';

describe('glue by hand', async () => {
  const guest = await byHand(await testComponent(benchGuest), host);

  it.each(rows)('answers $name', ({ call }) => {
    expect(() => checkAnswer('by hand', guest, call)).not.toThrow();
  });

  it('answers the further calls', () => {
    for (const call of furtherCalls) checkAnswer('by hand', guest, call);
  });
});

describe('checkAnswer', async () => {
  const guest = await byHand(await testComponent(benchGuest), host);

  it('says what was expected and what came', () => {
    const wrong = { ...guest, add: () => 5 };
    expect(() => checkAnswer('someone', wrong, rows[0]!.call)).toThrow(
      'someone does not give the answer of add, so there is nothing to compare: expected { value: 40002 }, got { value: 5 }.',
    );
  });

  it('tells an err from another exception', () => {
    const wrong = {
      ...guest,
      process: () => {
        throw new RangeError('out of bounds');
      },
    };
    const refused = furtherCalls.find(({ method }) => method === 'process')!;
    expect(() => checkAnswer('someone', wrong, refused)).toThrow(/expected .*payload.*, got .*RangeError/);
  });
});
