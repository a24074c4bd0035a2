import { ComponentInstance, Trap } from '@wit-ts/abi';
import { describe, expect, it } from 'vitest';
import { errorContextCodec } from './end-codecs.ts';
import { ErrorContext } from './error-context.ts';

describe('an error context', () => {
  const instance = new ComponentInstance('the guest');
  const codec = errorContextCodec(instance);

  it('stays in the table when it is lifted, and keeps its identity', () => {
    const error = new ErrorContext('lost');
    const index = codec.lower(error);
    expect(codec.lift(index)).toBe(error);
    expect(codec.lift(index)).toBe(error);
    expect(error).toMatchObject({ name: 'ErrorContext', message: 'lost', debugMessage: 'lost' });
  });

  it('is made of any error of the host, whose message is the debug message', () => {
    const cause = new RangeError('too far');
    expect(codec.mismatch(cause, new Set())).toBeUndefined();
    const lifted = codec.lift(codec.lower(cause));
    expect(lifted).toBeInstanceOf(ErrorContext);
    expect(lifted).toMatchObject({ debugMessage: 'too far', cause });
  });

  it('is nothing else', () => {
    expect(codec.mismatch('too far', new Set())).toBe('expected an Error, got "too far"');
    expect(() => codec.lift(99)).toThrow(new Trap('unknown handle index 99'));
  });
});
