import type { Component } from '@wit-ts/component';
import { describe, expect, it } from 'vitest';
import { InstanceNames } from './debug-names.ts';

function named(...bytes: readonly number[]): Component {
  const section = { name: 'component-name', offset: 0, bytes: Uint8Array.from(bytes) };
  return { offset: 0, definitions: [], customSections: [section] };
}

const [a, b] = [0x61, 0x62];
const component = [0, 2, 1, a];
const types = [1, 5, 3, 1, 0, 1, a];
const INDICES = Array.from({ length: 9 }, (_, index) => index);
const ABSENT = Array<undefined>(6).fill(undefined);
const instances = [1, 9, 5, 2, 0, 1, a, 7, 2, a, b];

describe('InstanceNames', () => {
  it('returns the names of instances and no others', () => {
    const names = new InstanceNames(named(...component, ...types, ...instances));
    expect(INDICES.map((index) => names.get(index))).toEqual(['a', ...ABSENT, 'ab', undefined]);
  });

  it('returns no names if there are none', () => {
    const without = new InstanceNames({ offset: 0, definitions: [], customSections: [] });
    const empty = new InstanceNames(named());
    for (const index of INDICES)
      expect([without.get(index), empty.get(index)]).toEqual([undefined, undefined]);
  });

  it('ends for any bytes', () => {
    const whole = [...component, ...types, ...instances];
    for (let end = 0; end < whole.length; end += 1) {
      const names = new InstanceNames(named(...whole.slice(0, end)));
      for (const index of INDICES) expect(['a', 'ab', '', undefined]).toContain(names.get(index));
    }
    const huge = named(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 5, 0xff, 0xff, 0xff, 0xff, 0x0f);
    expect(INDICES.map((index) => new InstanceNames(huge).get(index))).toEqual(Array(9).fill(undefined));
  });
});
