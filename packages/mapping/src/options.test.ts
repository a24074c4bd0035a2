import { worldOf, type Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import {
  acceptsUndefined,
  includesUndefined,
  isTaggedOption,
  noneOf,
  optionPayload,
  someOf,
} from './index.ts';

/** Returns the type of a WIT text, beside which some named types exist. */
function typeOf(text: string): Type {
  const imports = { once: 'option<u8>', twice: 'option<once>', perms: 'flags { read }', t: text };
  const item = worldOf({ world: 'w', imports, exports: {} }).imports.get('t');
  if (item?.tag !== 'type') throw new Error(`${text} is not a type`);
  return item.type;
}

// What jco-transpile 0.15 declares for each type: `Option<T>` is its tagged object.
describe.each<[string, isTagged: boolean, includesUndefined: boolean]>([
  ['u8', false, false],
  ['option<u8>', false, true], // number | undefined
  ['option<option<u8>>', true, false], // Option<number | undefined>
  ['option<option<option<u8>>>', false, true], // Option<number | undefined> | undefined
  ['option<option<option<option<u8>>>>', true, false], // Option<Option<number | undefined> | undefined>
  ['once', false, true],
  ['twice', true, false],
  ['option<twice>', false, true],
  ['option<once>', true, false],
  ['option<result>', false, true],
  ['option<result<once>>', false, true],
  ['option<list<once>>', false, true],
  ['option<tuple<once>>', false, true],
  ['perms', false, false],
])('%s', (text, tagged, undefinedToo) => {
  it(`is ${tagged ? '' : 'not '}a tagged option`, () => {
    expect(isTaggedOption(typeOf(text))).toBe(tagged);
  });

  it(`${undefinedToo ? 'includes' : 'does not include'} undefined`, () => {
    expect(includesUndefined(typeOf(text))).toBe(undefinedToo);
  });

  it('is tagged inside one more option exactly if it includes undefined', () => {
    expect(isTaggedOption({ kind: { tag: 'option', type: typeOf(text) } })).toBe(undefinedToo);
  });
});

it('reads options that nest deeper than a stack allows', () => {
  let type: Type = 'u8';
  for (let depth = 0; depth < 100_001; depth += 1) type = { kind: { tag: 'option', type } };
  expect(includesUndefined(type)).toBe(true);
});

it('lets flags be left out when they are lowered', () => {
  expect(acceptsUndefined(typeOf('perms'))).toBe(true);
  expect(includesUndefined(typeOf('perms'))).toBe(false);
});

it.each([
  ['u8', undefined, 1, 1],
  ['option<u8>', { tag: 'none' }, undefined, { tag: 'some', val: undefined }],
  ['once', { tag: 'none' }, 1, { tag: 'some', val: 1 }],
  ['option<option<u8>>', undefined, { tag: 'none' }, { tag: 'none' }],
  ['perms', undefined, {}, {}],
])('makes and reads the values of an option of %s', (text, none, value, some) => {
  const payload = typeOf(text);
  expect(noneOf(payload)).toEqual(none);
  expect(someOf(payload, value)).toEqual(some);
  expect(optionPayload(payload, noneOf(payload))).toBeUndefined();
  expect(optionPayload(payload, someOf(payload, value))).toEqual({ value });
});

it('reads `null` as the `none` of an option that is not tagged', () => {
  expect(optionPayload('u8', null)).toBeUndefined();
});
