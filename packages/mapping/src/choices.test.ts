import { worldOf, type Func, type Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import {
  checkedChoices,
  choicesFor,
  jsTypeOf,
  mappingChoices,
  otherChoices,
  settlementOf,
  signatureOf,
  worldSurface,
  type WorldSurfaceMember,
} from './index.ts';

const ALL = { results: 'value', flags: 'bigint', casing: 'wit' } as const;
const result: Type = { kind: { tag: 'result', ok: 'u8', err: 'string' } };
const func = (style: Func['kind'], returned: Type): Func => ({
  name: 'say-it',
  kind: style,
  async: false,
  params: [{ name: 'the-text', type: 'string' }],
  result: returned,
});

describe('choices of the mapping', () => {
  it('have a default, which is the first value', () => {
    expect(checkedChoices({}, 'x')).toEqual({ results: 'thrown', flags: 'object', casing: 'camel' });
    expect(checkedChoices(ALL, 'x')).toEqual(ALL);
    expect(otherChoices(checkedChoices({}, 'x'))).toBeUndefined();
    expect(otherChoices(checkedChoices({ flags: 'bigint' }, 'x'))).toEqual({ flags: 'bigint' });
    for (const [name, values] of Object.entries(mappingChoices))
      for (const value of values)
        expect(checkedChoices({ [name]: value }, 'x')).toMatchObject({ [name]: value });
  });

  it('are their own properties: what all objects inherit chooses nothing', () => {
    expect(checkedChoices(Object.create(ALL), 'x')).toEqual(checkedChoices({}, 'x'));
  });

  it('let a constructor throw, because `new` gives nothing but an object', () => {
    expect(choicesFor('a:b/c#[constructor]thing', ALL)).toEqual({ ...ALL, results: 'thrown' });
    for (const name of ['a:b/c#[method]thing.constructor', 'constructor'])
      expect(choicesFor(name, ALL)).toBe(ALL);
    const resource = { name: 'thing', kind: { tag: 'resource' } } as const;
    const made = signatureOf(func({ tag: 'constructor', resource }, result), 'constructor', ALL);
    expect(made).toMatchObject({ value: 'u8', thrown: { payload: 'string' } });
  });
});

describe('results as values', () => {
  it('are what functions return, and what futures settle with', () => {
    const signature = signatureOf(func({ tag: 'freestanding' }, result), 'function', ALL);
    expect(signature).toMatchObject({ value: result, thrown: undefined });
    const future: Type = { kind: { tag: 'future', payload: result } };
    expect(settlementOf(future, ALL)).toEqual({ value: result, thrown: [] });
    expect(settlementOf({ kind: { tag: 'future', payload: future } }, ALL)).toEqual({
      value: result,
      thrown: [],
    });
  });

  it('leave the names of parameters as identifiers', () => {
    const { parameters } = signatureOf(func({ tag: 'freestanding' }, result), 'function', ALL);
    expect(parameters.map(({ name }) => name)).toEqual(['theText']);
  });
});

it('flags as a bigint have their names in the order of WIT', () => {
  const flags: Type = { kind: { tag: 'flags', flags: [{ name: 'is-b' }, { name: 'a' }] } };
  expect(jsTypeOf(flags, ALL)).toEqual({ tag: 'bits', names: ['is-b', 'a'] });
});

describe('names as WIT has them', () => {
  const world = worldOf({
    world: 'a:b/w',
    imports: {
      'c:d/my-types': {
        types: { 'ab-c': 'resource', AB: 'enum { x }' },
        functions: { 'get-URL': 'func()', '[method]ab-c.do-it': 'func()', ABC: 'func()' },
      },
      'plain-name': { functions: { f: 'func()' } },
      'log-it': 'func()',
    },
    exports: {
      'c:d/my-api': { functions: { 'say-it': 'func()' } },
      ...Object.fromEntries(['then', 'to-string'].map((name) => [name, 'func()'])),
    },
  });
  const keysOf = (members: readonly WorldSurfaceMember[]): unknown =>
    members.map((member) => ({
      keys: member.keys,
      ...(member.tag === 'object' && { members: keysOf(member.members) }),
      ...(member.tag === 'class' && { functions: member.functions.map(({ keys }) => keys) }),
    }));

  it('are the properties of functions and interfaces; classes are in PascalCase, and clash with no function', () => {
    const { imports } = worldSurface(world, undefined, ALL);
    expect(keysOf(imports)).toEqual([
      {
        keys: ['c:d/my-types'],
        members: [
          { keys: ['AbC', 'ab-c'], functions: [['do-it']] },
          { keys: ['get-URL'] },
          { keys: ['ABC'] },
        ],
      },
      { keys: ['plain-name'], members: [{ keys: ['f'] }] },
      { keys: ['log-it'] },
    ]);
  });

  it('are the short names of exports, and `then` is never one', () => {
    const { exports } = worldSurface(world, 'host', ALL);
    expect(exports.map(({ keys }) => keys[0])).toEqual(['then$1', 'to-string', 'c:d/my-api', 'my-api']);
  });

  it('have a number if a class has the name already', () => {
    const clashing = worldOf({
      world: 'a:b/w',
      imports: { 'c:d/e': { types: { 'a-b': 'resource' }, functions: { AB: 'func()' } } },
      exports: {},
    });
    const [iface] = worldSurface(clashing, undefined, ALL).imports;
    expect(iface?.tag === 'object' && iface.members.map(({ keys }) => keys[0])).toEqual(['AB', 'AB$1']);
  });
});
