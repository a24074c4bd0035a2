import { expect, it } from 'vitest';
import { valueReaders } from '../helpers/all-value-readers.ts';
import * as helpers from '../helpers/index.ts';
import { readerNames } from './table-text.ts';

it('names the helper that reads each kind of type', () => {
  const byName = new Map<string, unknown>(Object.entries(helpers));
  const named = Object.entries(readerNames).map(([kind, name]) => [kind, byName.get(name)]);
  expect(Object.fromEntries(named)).toEqual(valueReaders);
});
