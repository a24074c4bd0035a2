import { expect, it } from 'vitest';
import { unusedIn } from './unused-data.ts';

const field = { name: 'name', type: 'string' };
const record = { kind: { tag: 'record', fields: [field] }, name: 'entry', docs: 'An entry.' };
const param = { name: 'entries', type: { kind: { tag: 'stream', payload: record } } };
const canonical = { stringEncoding: 'utf8', async: false, realloc: true };
const lift = { type: { params: [param], result: record }, options: { canonical } };

it('leaves out types of parameters and flags that are not set', () => {
  const isUnused = unusedIn([lift]);
  expect(isUnused(param, 'type')).toBe(true);
  expect(isUnused(canonical, 'async')).toBe(true);
  expect(isUnused(canonical, 'realloc')).toBe(false);
});

it('keeps the types of fields, by which types are compared and values are checked', () => {
  const isUnused = unusedIn([lift]);
  expect(isUnused(field, 'type')).toBe(false);
  expect(isUnused(record, 'kind')).toBe(false);
  expect(isUnused(record, 'docs')).toBe(true);
});
