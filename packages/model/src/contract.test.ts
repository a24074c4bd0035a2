import { describe, expect, it } from 'vitest';
import { contractOf, worldOf, type Contract } from './contract.ts';
import type { TypeDef } from './types.ts';

const EDGE: Contract = {
  world: 'example:service/edge-handler',
  imports: {
    'example:service/types': { types: { metadata: 'record { id: u64, tags: list<string> }' } },
    'example:service/processor': {
      types: { metadata: 'use example:service/types.{metadata}' },
      functions: { 'process-data': 'func(input: string, meta: metadata) -> result<string, string>' },
    },
  },
  exports: { 'handle-request': 'func(req: string) -> string' },
};

const EVERYTHING: Contract = {
  world: 'a:b/w@1.2.3-rc.1+x.y',
  imports: {
    'a:b/streams@0.2.0-rc.1': {
      types: {
        pollable: 'resource',
        later: 'list<kind>',
        kind: 'enum { a, %func, b }',
        perms: 'flags { read, write }',
        shape: 'variant { none, some(tuple<u8, s64>), more(list<f32, 4>) }',
        handle: 'own<pollable>',
        same: 'pollable',
        '%': 'u32',
        table: 'map<string, option<result<_, kind>>>',
        empty: 'record {}',
      },
      functions: {
        '[constructor]pollable': 'constructor(at: u64)',
        '[method]pollable.ready': 'async func(%type: option<borrow<pollable>>) -> result',
        '[static]pollable.merge': 'static func(all: list<pollable>) -> result<pollable, error-context>',
        poll: 'func(in: stream<u8>, done: future) -> stream',
      },
    },
    label: { implements: 'a:b/other', types: { t: 'u8' } },
    inline: { types: { u: 'use label.{t}' }, functions: { f: 'func(x: u) -> world.{point}' } },
    point: 'record { x: s32 }',
    stream: 'use a:b/streams@0.2.0-rc.1.{pollable}',
    res: 'resource',
    '[method]res.go': 'func() -> stream',
    now: 'async func()',
  },
  exports: {
    'a:b/streams@0.2.0-rc.1': { types: { pollable: 'resource' } },
    'a:b/sink': {
      types: {
        pollable: 'use a:b/streams@0.2.0-rc.1.{pollable}',
        'their-pollable': 'use import a:b/streams@0.2.0-rc.1.{pollable}',
        hidden: 'use a:b/hidden.{secret}',
      },
    },
    again: 'interface inline',
  },
  uses: { 'a:b/hidden': { types: { secret: 'char' } } },
};

describe('contract', () => {
  it.each([
    ['edge-handler', EDGE],
    ['everything', EVERYTHING],
  ])('describes the world that it rebuilds: %s', (_, contract) => {
    expect(JSON.parse(JSON.stringify(contractOf(worldOf(contract))))).toEqual(contract);
    expect(Object.keys(contractOf(worldOf(contract)).imports)).toEqual(Object.keys(contract.imports));
  });

  it('restores names, packages and identities', () => {
    const world = worldOf(EDGE);
    expect([world.name, world.package?.name]).toEqual([
      'edge-handler',
      { namespace: 'example', name: 'service' },
    ]);
    const types = world.imports.get('example:service/types');
    const processor = world.imports.get('example:service/processor');
    if (types?.tag !== 'interface' || processor?.tag !== 'interface') throw new Error('both are interfaces');
    const alias = processor.interface.types.get('metadata');
    expect(alias?.kind).toEqual({ tag: 'alias', type: types.interface.types.get('metadata') });
    expect(processor.interface.functions.get('process-data')?.params[1]?.type).toBe(alias);
    expect(types.interface.package).toBe(world.package);
  });

  it('adds the implied self, and the implied result of a constructor', () => {
    const world = worldOf(EVERYTHING);
    const streams = world.imports.get('a:b/streams@0.2.0-rc.1');
    if (streams?.tag !== 'interface') throw new Error('an interface');
    const resource = streams.interface.types.get('pollable');
    const ready = streams.interface.functions.get('[method]pollable.ready');
    expect(ready).toMatchObject({ name: 'ready', async: true, kind: { tag: 'method', resource } });
    expect(ready?.params[0]).toEqual({ name: 'self', type: { kind: { tag: 'borrow', resource } } });
    expect(streams.interface.functions.get('[constructor]pollable')).toMatchObject({
      name: 'pollable',
      result: { kind: { tag: 'own', resource } },
    });
  });

  it('keeps hostile names as data', () => {
    const imports = Object.assign(Object.create(null) as Record<string, string>, {
      ['__proto__']: 'func()',
      constructor: 'record { constructor: u8 }',
    });
    expect(Object.keys(imports)).toContain('__proto__');
    const again = contractOf(worldOf({ world: 'w', imports, exports: {} }));
    expect(Object.entries(again.imports)).toEqual([
      ['__proto__', 'func()'],
      ['constructor', 'record { %constructor: u8 }'],
    ]);
  });

  it.each([
    ['list<', 'the text ends too early'],
    ['list<u8', 'expected ">", found the end'],
    ['list<u8>>', '">" follows the end'],
    ['nothing', 'unknown type "nothing"'],
    ['use x:y/z.{t}', 'unknown type "x:y/z.{t}"'],
    ['list<u8, n>', '"n" is not a length'],
    ['borrow<other>', '"other" is not a resource'],
    ['list<t>', 'contains itself'],
    [`${'list<'.repeat(100_000)}u8${'>'.repeat(100_000)}`, 'nest too deeply'],
    ['interface none', '"t" is "interface none", which is not imported'],
  ])('refuses %.20s', (text, reason) => {
    const build = () => worldOf({ world: 'w', imports: { t: text, other: 'u8' }, exports: {} });
    expect(build).toThrow(TypeError);
    expect(build).toThrow(reason);
  });

  it('refuses endless chains of forward references', () => {
    const imports = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, i) => [`t${i}`, `list<t${i + 1}>`]),
    );
    expect(() => worldOf({ world: 'w', imports: { ...imports, t100000: 'u8' }, exports: {} })).toThrow(
      'too long a chain',
    );
  });

  it('refuses to write out anonymous types whose text is exponential', () => {
    let type: TypeDef = { kind: { tag: 'tuple', types: ['u8'] } };
    for (let i = 0; i < 60; i += 1) type = { kind: { tag: 'tuple', types: [type, type] } };
    const world = {
      name: 'w',
      imports: new Map([
        ['t', { tag: 'type' as const, type: { name: 't', kind: { tag: 'list' as const, element: type } } }],
      ]),
      exports: new Map(),
    };
    expect(() => contractOf(world)).toThrow(RangeError);
  });
});
