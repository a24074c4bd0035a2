import { describe, expect, it } from 'vitest';
import { ComponentError } from './trap.ts';

describe('ComponentError', () => {
  it('has the case and the value of a payload that is a variant', () => {
    const error = new ComponentError({ tag: 'timed-out', val: 5n });
    expect([error.tag, error.val]).toEqual(['timed-out', 5n]);
    expect(Object.keys(error)).not.toContain('tag');
  });

  it.each([undefined, null, 'gone', 7, { reason: 'gone' }])('has neither for the payload %o', (payload) => {
    const error = new ComponentError(payload);
    expect([error.tag, error.val]).toEqual([undefined, undefined]);
  });

  it.each([undefined, Symbol('gone'), () => 'gone', loop()])(
    'has a message for a payload without JSON',
    (payload) => {
      expect(new ComponentError(payload).message).toBe('the component returned an error');
    },
  );
});

function loop(): object {
  const object: { self?: object } = {};
  object.self = object;
  return object;
}
