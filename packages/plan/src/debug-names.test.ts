import type { Component } from '@wit-ts/component';
import { describe, expect, it } from 'vitest';
import { instanceNames } from './debug-names.ts';

function named(...bytes: readonly number[]): Component {
  const section = { name: 'component-name', offset: 0, bytes: Uint8Array.from(bytes) };
  return { offset: 0, definitions: [], customSections: [section] };
}

const [a, b] = [0x61, 0x62];
const component = [0, 2, 1, a];
const types = [1, 5, 3, 1, 0, 1, a];
const instances = [1, 9, 5, 2, 0, 1, a, 7, 2, a, b];

describe('instanceNames', () => {
  it('returns the names of instances and no others', () => {
    const names = instanceNames(named(...component, ...types, ...instances));
    expect([...names]).toEqual([
      [0, 'a'],
      [7, 'ab'],
    ]);
  });

  it('returns no names if there are none', () => {
    expect(instanceNames({ offset: 0, definitions: [], customSections: [] }).size).toBe(0);
    expect(instanceNames(named()).size).toBe(0);
  });

  it('ends for any bytes', () => {
    const whole = [...component, ...types, ...instances];
    for (let end = 0; end < whole.length; end += 1) instanceNames(named(...whole.slice(0, end)));
    expect(instanceNames(named(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 5, 0xff, 0xff, 0xff, 0xff, 0x0f)).size).toBe(
      0,
    );
  });
});
