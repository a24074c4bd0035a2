import { describe, expect, it } from 'vitest';
import { listedNames } from './index.ts';

describe('listedNames', () => {
  it('names a function of the world', () => {
    expect(listedNames('poll', [])).toEqual({ exact: ['poll'], shared: [] });
    expect(listedNames('[method]conn.ping', [])).toEqual({
      exact: ['[method]conn.ping', 'conn.ping'],
      shared: [],
    });
  });

  it('names a function of an interface, with and without the version', () => {
    expect(listedNames('poll', ['wasi:io/poll@0.2.3'])).toEqual({
      exact: ['wasi:io/poll@0.2.3#poll', 'wasi:io/poll#poll', 'poll#poll'],
      shared: ['wasi:io/poll@0.2.3', 'wasi:io/poll', 'poll', 'poll'],
    });
  });

  it('names a function of an interface under a label', () => {
    expect(listedNames('f', ['mine', 'a:b/c'])).toEqual({
      exact: ['mine#f', 'a:b/c#f', 'c#f'],
      shared: ['mine', 'a:b/c', 'c', 'f'],
    });
  });
});
