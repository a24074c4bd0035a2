import { expect, it } from 'vitest';
import { isMapKeyType, isNumericType, primitiveTypes } from './index.ts';

const integers = ['u8', 'u16', 'u32', 'u64', 's8', 's16', 's32', 's64'];

it('knows the primitive types whose values are numbers', () => {
  expect(primitiveTypes.filter(isNumericType)).toEqual([...integers, 'f32', 'f64']);
});

it('knows the primitive types that keys of a map may have', () => {
  expect(primitiveTypes.filter(isMapKeyType)).toEqual(['bool', ...integers, 'char', 'string']);
});
