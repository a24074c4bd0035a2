import { expect, it } from 'vitest';
import { contractOf, worldOf, type Contract } from './contract.ts';
import { contractText } from './contract-text.ts';
import { worldContractText } from './world-contract-text.ts';

const CONTRACT: Contract = {
  world: 'a:b/w@1.2.3',
  imports: {
    'a:b/streams@0.2.0': {
      types: { pollable: 'resource', kind: 'enum { a, %func, b }', '%': 'u32', async: 'record { f: u8 }' },
      functions: {
        '[constructor]pollable': 'constructor(at: u64)',
        '[method]pollable.ready': 'async func(%type: option<borrow<pollable>>) -> result',
        '[static]pollable.merge': 'static func(all: list<pollable>) -> result<_, error-context>',
        constructor: 'func()',
        poll: 'async func(in: stream<u8>, done: future) -> stream',
      },
    },
    label: {
      implements: 'a:b/other',
      types: {
        pollable: 'use a:b/streams@0.2.0.{pollable}',
        sort: 'use a:b/streams@0.2.0.{kind}',
        own: 'variant { some(tuple<u8, s64>) }',
        point: 'use world.{point}',
      },
    },
    point: 'record { x: s32 }',
    '[method]res.go': 'func()',
    res: 'resource',
  },
  exports: {
    'a:b/sink': { types: { hidden: 'use a:b/hidden.{secret}', theirs: 'use import label.{pollable}' } },
    again: 'interface label',
    now: 'async func()',
  },
  uses: { 'a:b/hidden': { types: { secret: 'char' } } },
};

it('writes a world as the text of its contract', () => {
  const world = worldOf(CONTRACT);
  expect(worldContractText(world)).toBe(contractText(contractOf(world)));
});

it('refuses a name that could be read as another line, as the text of the contract does', () => {
  for (const name of ['a\nb', 'a(b', 'a b = u8', 'a = b']) {
    const world = worldOf({ world: 'w', imports: { i: { types: { [name]: 'u8' } } }, exports: {} });
    expect(() => contractText(contractOf(world)), name).toThrow(TypeError);
    expect(() => worldContractText(world), name).toThrow(TypeError);
  }
});
