import { describe, expect, it } from 'vitest';
import type { Type } from '../types.ts';
import { waitablesOf } from './waitables-of.ts';

const stream: Type = { kind: { tag: 'stream', payload: { kind: { tag: 'future' } } } };
const future: Type = { kind: { tag: 'future', payload: 'error-context' } };

describe('the streams, futures and error contexts in values', () => {
  it('are found in every place, each once, also behind aliases', () => {
    const alias: Type = {
      name: 'lines',
      kind: { tag: 'alias', type: { kind: { tag: 'alias', type: stream } } },
    };
    const types: Type[] = [
      { kind: { tag: 'record', fields: [{ name: 'a', type: alias }] } },
      { kind: { tag: 'list', element: { kind: { tag: 'option', type: stream } } } },
      { kind: { tag: 'map', key: 'string', value: { kind: { tag: 'tuple', types: ['u8', future] } } } },
      { kind: { tag: 'result', err: { kind: { tag: 'alias', type: 'error-context' } } } },
      'error-context',
    ];
    const found = waitablesOf(types);
    expect(found).toHaveLength(3);
    expect(new Set(found)).toEqual(new Set([stream, future, 'error-context']));
  });

  it('are not those that go through a stream or a future', () => {
    expect(waitablesOf([stream])).toEqual([stream]);
    expect(waitablesOf([future])).toEqual([future]);
  });

  it('are none in other values, however deep the types nest', () => {
    let deep: Type = 'u8';
    for (let i = 0; i < 100_000; i += 1) deep = { kind: { tag: 'list', element: deep } };
    const resource: Type = { kind: { tag: 'own', resource: { kind: { tag: 'resource' } } } };
    expect(waitablesOf([deep, 'string', resource])).toEqual([]);
  });
});
