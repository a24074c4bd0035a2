import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contract, ContractInterface } from './contract.ts';
import { parseContract } from './contract-read.ts';
import { contractText } from './contract-text.ts';

const TEXT = `world a:b/w@1.2.3
import a:b/streams@0.2.0-rc.1
  pollable = resource
  kind = enum { a, %func, b }
  constructor pollable(at: u64)
  async pollable.ready(%type: option<borrow<pollable>>) -> result
  static pollable.merge(all: list<pollable>) -> result<pollable, error-context>
  poll(in: stream<u8>, done: future) -> stream
import label implements a:b/other
  use a:b/streams@0.2.0-rc.1.{pollable, kind as sort}
  use world.{point}
import point = record { x: s32 }
import res = resource
import res.go()
import async now()
use a:b/hidden
  secret = char
export a:b/sink
  use import a:b/streams@0.2.0-rc.1.{pollable}
export again = interface label`;

const CONTRACT: Contract = {
  world: 'a:b/w@1.2.3',
  imports: {
    'a:b/streams@0.2.0-rc.1': {
      types: { pollable: 'resource', kind: 'enum { a, %func, b }' },
      functions: {
        '[constructor]pollable': 'constructor(at: u64)',
        '[method]pollable.ready': 'async func(%type: option<borrow<pollable>>) -> result',
        '[static]pollable.merge': 'static func(all: list<pollable>) -> result<pollable, error-context>',
        poll: 'func(in: stream<u8>, done: future) -> stream',
      },
    },
    label: {
      implements: 'a:b/other',
      types: {
        pollable: 'use a:b/streams@0.2.0-rc.1.{pollable}',
        sort: 'use a:b/streams@0.2.0-rc.1.{kind}',
        point: 'use world.{point}',
      },
    },
    point: 'record { x: s32 }',
    res: 'resource',
    '[method]res.go': 'func()',
    now: 'async func()',
  },
  uses: { 'a:b/hidden': { types: { secret: 'char' } } },
  exports: {
    'a:b/sink': { types: { pollable: 'use import a:b/streams@0.2.0-rc.1.{pollable}' } },
    again: 'interface label',
  },
};

const id = fc.constantFrom(
  'a',
  'list',
  'b-c',
  'B',
  '__proto__',
  'constructor',
  '%',
  'x.y',
  '[other]z',
  'as',
  'use',
);
const typeText = fc.constantFrom(
  'u8',
  'resource',
  'record { a: u8 }',
  'use a:b/c@1.0.0.{t}',
  'use a:b/c@1.0.0.{%list}',
  'use world.{a}',
  'interface q',
);
const functionText = fc.constantFrom(
  'func()',
  'async func(a: u8) -> string',
  'static func()',
  'static async func(b: t)',
  'constructor(x: u8)',
);
const functionName = fc
  .tuple(fc.constantFrom('', '[method]r.', '[static]r.', '[constructor]'), id)
  .map(([kind, name]) => `${kind}${name}`);
const contractInterface: fc.Arbitrary<ContractInterface> = fc.record(
  {
    implements: fc.constantFrom('a:b/d', 'plain'),
    types: fc.dictionary(id, typeText, { minKeys: 1 }),
    functions: fc.dictionary(functionName, functionText, { minKeys: 1 }),
  },
  { requiredKeys: [] },
);
const items = fc.dictionary(
  fc.oneof(id, functionName, fc.constantFrom('a:b/c@1.0.0', "a:b/d'")),
  fc.oneof(contractInterface, typeText, functionText),
);

describe('contractText', () => {
  it('writes a line for each type and function', () => {
    expect(contractText(CONTRACT)).toBe(TEXT);
  });

  it('writes what parseContract reads, in its order', () => {
    const contracts = fc.record({
      world: fc.constantFrom('w', 'a:b/w@1.0.0'),
      imports: items,
      uses: items,
      exports: items,
    });
    fc.assert(
      fc.property(contracts, (contract) => {
        const wanted = Object.keys(contract.uses).length === 0 ? { ...contract, uses: undefined } : contract;
        const read = parseContract(contractText(contract));
        expect(JSON.stringify({ ...read, uses: read.uses })).toBe(
          JSON.stringify({
            world: wanted.world,
            imports: wanted.imports,
            exports: wanted.exports,
            uses: wanted.uses,
          }),
        );
      }),
    );
  });

  it('takes time in proportion to the size for many types of one interface', () => {
    const count = 20_000;
    const types = Object.fromEntries(Array.from({ length: count }, (_, i) => [`t${i}`, `use a:b/c.{t${i}}`]));
    const text = contractText({ world: 'w', imports: { i: { types } }, exports: {} });
    expect(text.split('\n')).toHaveLength(3);
    expect(Object.keys((parseContract(text).imports['i'] as ContractInterface).types ?? {})).toHaveLength(
      count,
    );
  });

  it.each(['a\nb', 'a = b', 'a(b', 'a b'])(
    'refuses the name %j, which would read as something else',
    (name) => {
      const write = (): string =>
        contractText({ world: 'w', imports: { [name]: name === 'a b' ? {} : 'u8' }, exports: {} });
      expect(write).toThrow(TypeError);
      expect(write).toThrow('a contract cannot have the name or type');
    },
  );
});

describe('parseContract', () => {
  it('reads the text of generated code, which begins and ends with a line break', () => {
    expect(parseContract(`\n${TEXT}\n`)).toEqual(CONTRACT);
  });

  it('keeps hostile names as data', () => {
    const { imports } = parseContract('world w\nimport __proto__ = u8\nimport i\n  __proto__ = u8');
    expect(Object.keys(imports)).toEqual(['__proto__', 'i']);
    expect(Object.keys((imports['i'] as ContractInterface).types ?? {})).toEqual(['__proto__']);
  });

  it.each([
    '',
    'word w',
    'world w\n  a = u8',
    'world w\nimport i\n  nonsense',
    'world w\nother x',
    'world w\nimport a = u8\n  b = u8',
  ])('refuses %j', (text) => {
    expect(() => parseContract(text)).toThrow('malformed contract');
  });
});
