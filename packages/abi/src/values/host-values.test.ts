import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { hostValues } from './host-values.ts';

const record: Type = {
  kind: {
    tag: 'record',
    fields: [
      { name: 'id', type: 'u8' },
      { name: 'label', type: { kind: { tag: 'option', type: 'string' } } },
    ],
  },
};

describe('values that go from host to host', () => {
  it('are passed when they fit their type', () => {
    expect(hostValues(record, { resources: [] })([{ id: 1, label: null }])).toEqual([
      { id: 1, label: undefined },
    ]);
    const bytes = Uint8Array.of(1, 2);
    expect(hostValues('u8', { resources: [] })(bytes)).toBe(bytes);
  });

  it('are refused with their path when they do not', () => {
    const read = hostValues(record, { resources: [] });
    expect(() => read([{ id: 1 }, { id: 256 }])).toThrow(new TypeError('values[1].id: expected u8, got 256'));
  });

  it('pass the error of a getter on', () => {
    const error = new Error('of a getter');
    const throwing = {
      get id() {
        throw error;
      },
    };
    expect(() => hostValues(record, { resources: [] })([throwing])).toThrow(error);
  });
});
