import { thrown } from '@wit-ts/dev-support/thrown';
import { setImmediate as macrotask } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import type { Type, TypeDef } from '@wit-ts/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { list, result, tuple } from './fixtures/types.ts';
import { dropHost } from './resource-class.ts';
import { ResourceType } from './resource-type.ts';

const down = new Error('the database is down');

/** A promise that rejects in a later microtask, so that nothing is known of it when it is refused. */
async function failing(): Promise<never> {
  await Promise.resolve();
  throw down;
}

class Query {
  readonly #answer = failing();
  // oxlint-disable-next-line unicorn/no-thenable
  then(...handlers: Parameters<Promise<unknown>['then']>): unknown {
    return this.#answer.then(...handlers);
  }
}

const record: TypeDef = {
  kind: {
    tag: 'record',
    fields: [
      { name: 'id', type: 'u32' },
      { name: 'name', type: 'string' },
    ],
  },
};
const maybes: TypeDef = {
  kind: {
    tag: 'record',
    fields: [{ name: 'id', type: { kind: { tag: 'option', type: 'u32' } } }],
  },
};
const variant: TypeDef = {
  kind: {
    tag: 'variant',
    cases: [{ name: 'none' }, { name: 'some', type: 'u32' }],
  },
};
const flags: TypeDef = { kind: { tag: 'flags', flags: [{ name: 'a' }] } };
const resource: TypeDef = { kind: { tag: 'resource' } };
const own: TypeDef = { kind: { tag: 'own', resource } };
const map: TypeDef = { kind: { tag: 'map', key: 'string', value: 'u32' } };

const resources = [ResourceType.ofHost('r')];

type Values = readonly (readonly [string, Type | undefined, () => unknown])[];

/** Where a promise may be, and a host value with it. */
const values: Values = [
  ['instead of nothing', undefined, failing],
  ['instead of a number', 'u32', failing],
  ['instead of a bigint', 's64', failing],
  ['instead of a string', 'string', failing],
  ['instead of a char', 'char', failing],
  ['instead of a bool', 'bool', failing],
  ['instead of a record', record, failing],
  ['instead of a record of options', maybes, failing],
  ['instead of a variant', variant, failing],
  ['instead of flags', flags, failing],
  ['instead of a list', list('u8'), failing],
  ['instead of an object of a resource', own, failing],
  ['of another realm', 'u32', () => runInNewContext('(async () => { throw down })()', { down })],
  ['of a subclass', 'u32', () => class extends Promise<number> {}.reject(down)],
  ['that is a thenable', 'u32', () => new Query()],
  [
    'that is a function with `then`',
    'u32',
    // oxlint-disable-next-line unicorn/no-thenable
    () => Object.assign(() => 1, { then: (...to: never[]) => failing().then(...to) }),
  ],
  ['in a field', record, () => ({ id: 1, name: failing() })],
  ['in a field of an option', maybes, () => ({ id: failing() })],
  ['in the payload of a case', variant, () => ({ tag: 'some', val: failing() })],
  ['in the payload of a case without one', variant, () => ({ tag: 'none', val: failing() })],
  ['in a flag', flags, () => ({ a: failing() })],
  ['in every element of a list', list('u32'), () => [failing(), failing(), failing()]],
  ['in a list of lists', list(list('string')), () => [['a'], ['b', failing()]]],
  ['in a tuple', tuple('u8', 'u8'), () => [1, failing()]],
  [
    'in the values of a Map',
    map,
    () =>
      new Map([
        ['a', failing()],
        ['b', failing()],
      ]),
  ],
  ['in the elements of a Set', list('u32'), () => new Set([failing(), failing()])],
  [
    'in what a generator gives',
    list('u32'),
    function* generate() {
      yield failing();
      yield failing();
    },
  ],
  [
    'beside a cycle',
    record,
    () => {
      const value: Record<string, unknown> = { id: failing() };
      return Object.assign(value, { value });
    },
  ],
];

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});

/** Node reports a promise without a handler when all microtasks are done. */
afterEach(async () => {
  await macrotask();
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

describe.each(engines)('a promise that rejects (%s)', (_, engine) => {
  it.each(values)('is the cause of the error if a host function returns it %s', async (_name, type, make) => {
    const guest = new Guest();
    const core = lower(engine, { params: [], ...(type && { result: type }) }, make, { guest, resources });
    const call = lift(engine, { params: [] }, () => void core(32), { guest });
    const error = thrown(call) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/^example:service\/store#get: result/u);
    await macrotask();
    expect(error.cause).toBe(down);
  });

  it.each(values.filter(([, type]) => type !== undefined))(
    'is the cause of the error if it is an argument, %s',
    async (_name, type, make) => {
      const call = lift(engine, { params: [{ name: 'value', type: type! }] }, () => undefined, { resources });
      const error = thrown(() => call(make())) as Error;
      expect(error).toBeInstanceOf(TypeError);
      await macrotask();
      expect(error.cause).toBe(down);
    },
  );

  it.each<[string, Type]>([
    ['a number', 'u32'],
    ['a bigint', 'u64'],
    ['a string', 'string'],
    ['a char', 'char'],
    ['a bool', 'bool'],
    ['a list', list('u32')],
  ])('is handled each time that a getter makes one, instead of %s', async (_name, type) => {
    const holder: TypeDef = { kind: { tag: 'record', fields: [{ name: 'value', type }] } };
    class Lazy {
      get value(): Promise<never> {
        return failing();
      }
    }
    const guest = new Guest();
    const core = lower(engine, { params: [], result: holder }, () => new Lazy(), { guest });
    expect(thrown(lift(engine, { params: [] }, () => void core(32), { guest }))).toBeInstanceOf(TypeError);
    const call = lift(engine, { params: [{ name: 'value', type: holder }] }, () => undefined);
    expect(thrown(() => call(new Lazy()))).toBeInstanceOf(TypeError);
    await macrotask();
    expect(unhandled).toEqual([]);
  });

  it('is the cause until it rejects, and stays it if it does not', async () => {
    const guest = new Guest();
    const promise = Promise.resolve(7);
    const core = lower(engine, { params: [], result: 'u32' }, () => promise, { guest });
    const error = thrown(lift(engine, { params: [] }, () => void core(), { guest })) as Error;
    expect(error.cause).toBe(promise);
    await macrotask();
    expect(error.cause).toBe(promise);
    expect(Object.keys(error)).toEqual([]);
  });

  it.each<[string, Type | undefined, () => never]>([
    ['without a result', undefined, () => fail(failing())],
    ['with an err', result('u32', 'string'), () => fail(failing())],
    ['with an err without a payload', result('u32'), () => fail(failing())],
    [
      'with an err, as the payload',
      result('u32', 'string'),
      () => fail(Object.assign(new Error('x'), { payload: failing() })),
    ],
    [
      'with an err without a payload, as the payload',
      result('u32'),
      () => fail(Object.assign(new Error('x'), { payload: failing() })),
    ],
  ])('ends the call, and nothing else, if a host function %s throws it', (_name, type, callee) => {
    const guest = new Guest();
    const core = lower(engine, { params: [], ...(type && { result: type }) }, callee, { guest });
    expect(thrown(lift(engine, { params: [] }, () => void core(32), { guest }))).toBeInstanceOf(Error);
  });
});

it('a promise that `Symbol.dispose` of a host object returns is left alone, with its error', () => {
  dropHost(ResourceType.ofHost('r'), { [Symbol.dispose]: failing });
  dropHost(ResourceType.ofHost('r'), { [Symbol.dispose]: () => new Query() });
});

function fail(thing: unknown): never {
  throw thing;
}
