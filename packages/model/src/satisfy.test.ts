import { describe, expect, it } from 'vitest';
import { compatibleKey } from './compatible-key.ts';
import { worldOf, type ContractItems } from './contract.ts';
import { pathTexts } from './mismatch-path.ts';
import { mismatchTexts } from './mismatch-text.ts';
import type { Mismatch } from './mismatch.ts';
import { externName } from './names.ts';
import { mismatches } from './satisfy.ts';
import type { Func, Type, TypeDef, World, WorldItem } from './types.ts';

interface Sides {
  imports?: ContractItems;
  exports?: ContractItems;
}

function reasons(component: Sides, target: Sides): Mismatch[] {
  const [left, right] = [component, target].map((sides) =>
    worldOf({ world: 'a:b/w', imports: {}, exports: {}, ...sides }),
  );
  return mismatches(left!, right!);
}

function brief(list: readonly Mismatch[]): string[] {
  return list.map((mismatch) => {
    const { code, path } = mismatch;
    const { expected, found } = mismatchTexts(mismatch);
    const said = `${expected === undefined ? '' : ` expected ${expected}`}${found === undefined ? '' : ` found ${found}`}`;
    return `${code} ${pathTexts(path).join(' › ')}${said}`;
  });
}

/** The annotated names of the functions that a missing function may have been meant to be. */
function candidates(mismatch: Mismatch | undefined): string[] {
  if (mismatch?.code !== 'function-missing') throw new Error(`not a missing function: ${mismatch?.code}`);
  return mismatch.candidates.map(externName);
}

/** What differs between two function types, as an export of the component and of the world. */
function between(found: string, expected: string, foundTypes = {}, expectedTypes = {}): string[] {
  return brief(
    reasons(
      { exports: { 'x:y/z': { types: foundTypes, functions: { f: found } } } },
      { exports: { 'x:y/z': { types: expectedTypes, functions: { f: expected } } } },
    ),
  );
}

const LOG = { functions: { log: 'func(message: string)', flush: 'func()' } };

describe('a world', () => {
  it('is satisfied by itself, by fewer imports and by more exports', () => {
    const all = {
      imports: { 'x:y/log': LOG, now: 'func() -> u64' },
      exports: { 'x:y/z': LOG, go: 'async func()' },
    };
    expect(reasons(all, all)).toEqual([]);
    expect(reasons({ exports: all.exports }, all)).toEqual([]);
    expect(reasons({ ...all, imports: { 'x:y/log': { functions: { flush: 'func()' } } } }, all)).toEqual([]);
    expect(reasons({ exports: { ...all.exports, more: 'func()' } }, all)).toEqual([]);
    expect(reasons({}, {})).toEqual([]);
  });

  it('names every import that is not offered and every export that is missing', () => {
    const list = reasons(
      { imports: { 'x:y/logs': LOG, 'x:y/log': { functions: { lag: 'func()' } }, f: 'func()' } },
      { imports: { 'x:y/log': LOG, f: LOG }, exports: { go: 'func()', 'x:y/z': { types: { t: 'u8' } } } },
    );
    expect(brief(list)).toEqual([
      'import-not-offered import x:y/logs found interface',
      'item-kind import f expected interface found func()',
      'export-missing export go expected func()',
      'export-missing export x:y/z expected interface',
      'function-missing import x:y/log › func lag found func()',
    ]);
    expect(candidates(list[4])).toEqual(['log', 'flush']);
    expect(list.map(({ side }) => side)).toEqual(['import', 'import', 'export', 'export', 'import']);
  });

  it('names missing functions and types of exported interfaces', () => {
    const list = reasons(
      { exports: { 'x:y/z': { types: { r: 'resource' }, functions: { '[method]r.f': 'func()' } } } },
      {
        exports: {
          'x:y/z': {
            types: { r: 'resource', t: 'enum { a }' },
            functions: {
              '[constructor]r': 'constructor()',
              '[method]r.g': 'func()',
              '[static]r.f': 'static func()',
            },
          },
        },
      },
    );
    expect(brief(list)).toEqual([
      'type-missing export x:y/z › type t expected enum { a }',
      'function-missing export x:y/z › constructor r expected constructor()',
      'function-missing export x:y/z › method r.g expected func()',
      'function-missing export x:y/z › static r.f expected static func()',
    ]);
    expect(candidates(list[2])).toEqual(['[method]r.f']);
  });
});

describe('versions', () => {
  it.each([
    ['0.2.0', '0.2.6', true],
    ['0.2.6', '0.2.0', true],
    ['1.0.0', '1.9.3', true],
    ['0.2.0', '0.3.0', false],
    ['0.0.1', '0.0.2', false],
    ['1.0.0', '2.0.0', false],
    ['0.2.0-rc.1', '0.2.0', false],
  ])('%s and %s link: %s', (a, b, links) => {
    const [left, right] = [{ [`x:y/log@${a}`]: LOG }, { [`x:y/log@${b}`]: LOG }];
    expect(reasons({ imports: left }, { imports: right }).length === 0).toBe(links);
    expect(reasons({ exports: left }, { exports: right }).length === 0).toBe(links);
  });

  it('prefers the exact version, then the newest of the track', () => {
    const items = worldOf({
      world: 'w',
      imports: { 'x:y/z@0.2.1': {}, 'x:y/z@0.2.10': {}, 'x:y/z@0.2.9': {}, 'x:y/z@0.3.0': {}, 'x:y/z': {} },
      exports: {},
    }).imports;
    expect(compatibleKey(items, 'x:y/z@0.2.1')).toBe('x:y/z@0.2.1');
    expect(compatibleKey(items, 'x:y/z@0.2.0')).toBe('x:y/z@0.2.10');
    expect(compatibleKey(items, 'x:y/z@0.4.0')).toBeUndefined();
    expect(compatibleKey(items, 'x:y/q')).toBeUndefined();
  });

  it('requires an older version to have what the component uses', () => {
    const list = reasons(
      { imports: { 'x:y/log@1.2.0': LOG } },
      { imports: { 'x:y/log@1.1.0': { functions: { log: LOG.functions.log } } } },
    );
    expect(brief(list)).toEqual(['function-missing import x:y/log@1.2.0 › func flush found func()']);
  });
});

describe('functions', () => {
  it.each([
    ['func()', 'async func()', 'function-async export x:y/z › func f expected async func found func'],
    ['func() -> u8', 'func() -> u16', 'type-different export x:y/z › func f › result expected u16 found u8'],
    [
      'func()',
      'func() -> u8',
      'result-missing export x:y/z › func f › result expected func() -> u8 found func()',
    ],
    [
      'func() -> u8',
      'func()',
      'result-extra export x:y/z › func f › result expected func() found func() -> u8',
    ],
    ['func(a: u8)', 'func(b: u8)', 'param-renamed export x:y/z › func f › param b expected b found a'],
    ['func(a: u8)', 'func(a: u8, b: u8)', 'param-missing export x:y/z › func f › param b expected b: u8'],
    ['func(a: u8, b: u8)', 'func(a: u8)', 'param-extra export x:y/z › func f › param b found b: u8'],
    [
      'func(b: u8, a: u8)',
      'func(a: u8, b: u8)',
      'param-order export x:y/z › func f expected a, b found b, a',
    ],
    [
      'func(a: list<option<tuple<u8, string>>>)',
      'func(a: list<option<tuple<u8, char>>>)',
      'type-different export x:y/z › func f › param a › list › option › tuple 1 expected char found string',
    ],
    [
      'func(a: list<u8, 4>)',
      'func(a: list<u8, 5>)',
      'list-length export x:y/z › func f › param a expected 5 found 4',
    ],
    [
      'func(a: list<u8, 4>)',
      'func(a: list<u8>)',
      'type-different export x:y/z › func f › param a expected list<u8> found list<u8, 4>',
    ],
    [
      'func(a: tuple<u8>)',
      'func(a: tuple<u8, u8>)',
      'tuple-size export x:y/z › func f › param a expected tuple<u8, u8> found tuple<u8>',
    ],
    [
      'func() -> result<u8>',
      'func() -> result<u8, u8>',
      'payload-missing export x:y/z › func f › result › err expected u8',
    ],
    [
      'func() -> stream<u8>',
      'func() -> stream',
      'payload-extra export x:y/z › func f › result › stream found u8',
    ],
    [
      'func(a: map<u8, u8>)',
      'func(a: map<u8, char>)',
      'type-different export x:y/z › func f › param a › map value expected char found u8',
    ],
  ])('%s is not %s', (found, expected, reason) => {
    expect(between(found, expected)).toEqual([reason]);
    expect(between(expected, expected)).toEqual([]);
  });

  it('reports all differences at once', () => {
    expect(between('func(a: u8, c: u8) -> u8', 'async func(a: s8, b: string) -> char')).toEqual([
      'function-async export x:y/z › func f expected async func found func',
      'type-different export x:y/z › func f › param a expected s8 found u8',
      'param-missing export x:y/z › func f › param b expected b: string',
      'param-extra export x:y/z › func f › param c found c: u8',
      'type-different export x:y/z › func f › result expected char found u8',
    ]);
  });
});

/** Two functions with one anonymous type. */
function sharing(element: Type): World {
  const type: TypeDef = { kind: { tag: 'list', element } };
  const items = ['f', 'g'].map((name): [string, WorldItem] => {
    const func: Func = {
      name,
      kind: { tag: 'freestanding' },
      async: false,
      params: [{ name: 'a', type }],
    };
    return [name, { tag: 'function', function: func }];
  });
  return { name: 'w', imports: new Map(), exports: new Map(items) };
}

describe('types', () => {
  it('are compared by structure, through aliases', () => {
    const found = { a: 'record { x: u8 }', b: 'list<a>', c: 'b', n: 'a', d: 'c' };
    expect(
      between('func(p: c, q: a)', 'func(p: d, q: n)', found, { n: 'record { x: u8 }', d: 'list<n>' }),
    ).toEqual([]);
  });

  it('are reported once, where they are defined', () => {
    const found = { r: 'record { y: u8, x: u8, gone: char }', all: 'list<r>' };
    const expected = { r: 'record { x: u8, y: u16, q: u32 }', all: 'list<r>' };
    expect(between('func(a: r, b: all) -> r', 'func(a: r, b: all) -> r', found, expected)).toEqual([
      'type-different export x:y/z › record r › field y expected u16 found u8',
      'field-missing export x:y/z › record r › field q expected q: u32',
      'field-extra export x:y/z › record r › field gone found gone: char',
      'field-order export x:y/z › record r expected x, y found y, x',
    ]);
  });

  it.each([
    ['variant { a, b(u8) }', 'variant { a(u8), b }', ['payload-missing', 'payload-extra']],
    ['enum { a, b, c }', 'enum { a, b }', ['case-extra']],
    ['enum { a, b }', 'enum { b, a }', ['case-order']],
    ['flags { a, b }', 'flags { a, c }', ['flag-renamed']],
    ['flags { a }', 'enum { a }', ['type-different']],
    ['own<res>', 'borrow<res>', ['handle-kind']],
  ])('%s is not %s', (found, expected, codes) => {
    const list = reasons(
      { imports: { 'x:y/z': { types: { res: 'resource', t: found } } } },
      { imports: { 'x:y/z': { types: { res: 'resource', t: expected } } } },
    );
    expect(list.map(({ code }) => code)).toEqual(codes);
  });

  it('compares types of the world itself', () => {
    const list = reasons(
      { imports: { t: 'record { a: u8 }', u: 'u8' } },
      { imports: { t: 'record { a: u16 }' } },
    );
    expect(brief(list)).toEqual([
      'import-not-offered import u found u8',
      'type-different import t › record t › field a expected u16 found u8',
    ]);
  });

  it('shares work between equal parts', () => {
    const types: Record<string, string> = { t0: 'tuple<u8, u8>' };
    for (let i = 1; i < 200; i += 1) types[`t${i}`] = `tuple<t${i - 1}, t${i - 1}>`;
    const other = { ...types, t0: 'tuple<u8, char>' };
    expect(between('func(a: t199)', 'func(a: t199)', types, types)).toEqual([]);
    expect(between('func(a: t199)', 'func(a: t199)', types, other)).toHaveLength(1);
  });

  it('are reported at each mention if they have no name', () => {
    expect(brief(mismatches(sharing('u8'), sharing('u16')))).toEqual([
      'type-different export f › param a › list expected u16 found u8',
      'type-different export g › param a expected list<u16> found list<u8>',
    ]);
  });

  it('does not exhaust the stack', () => {
    const deep = `${'option<'.repeat(490)}u8${'>'.repeat(490)}`;
    const types = { a: deep, b: deep.replace('u8', 'list<a>') };
    expect(between('func(a: b)', 'func(a: b)', types, types)).toEqual([]);
    const reversed = { b: types.b, a: types.a };
    expect(between('func(a: b)', 'func(a: b)', reversed, reversed)[0]).toMatch(/^type-too-deep /u);
  });
});

function out(label: string) {
  return { types: { key: `use ${label}.{key}` }, functions: { f: 'func(k: key)' } };
}

describe('resources', () => {
  const FS = {
    types: { file: 'resource', dir: 'resource' },
    functions: { '[method]file.read': 'func(n: u32) -> list<u8>', open: 'func(at: borrow<dir>) -> file' },
  };
  const USER = { types: { file: 'use x:y/fs.{file}' }, functions: { take: 'func(f: file)' } };

  function at(version: string) {
    const user = { ...USER, types: { file: `use x:y/fs@${version}.{file}` } };
    return { imports: { [`x:y/fs@${version}`]: FS }, exports: { 'x:y/out': user } };
  }

  it('are one if they have one origin', () => {
    const world = { imports: { 'x:y/fs': FS, 'x:y/user': USER }, exports: { 'x:y/out': USER } };
    expect(reasons(world, world)).toEqual([]);
    const both = { imports: { 'x:y/fs': FS }, exports: { 'x:y/fs': 'interface x:y/fs', 'x:y/out': USER } };
    expect(reasons(both, both)).toEqual([]);
  });

  it('differ within an interface', () => {
    const swapped = { ...FS, functions: { open: 'func(at: borrow<file>) -> file' } };
    expect(brief(reasons({ imports: { 'x:y/fs': swapped } }, { imports: { 'x:y/fs': FS } }))).toEqual([
      'resource-different import x:y/fs › func open › param at expected dir found file',
    ]);
  });

  it('differ if one is imported and one exported', () => {
    const target = { imports: { 'x:y/fs': FS }, exports: { 'x:y/fs': FS, 'x:y/out': USER } };
    const theirs = { types: { file: 'use import x:y/fs.{file}' }, functions: USER.functions };
    expect(brief(reasons({ ...target, exports: { ...target.exports, 'x:y/out': theirs } }, target))).toEqual([
      'resource-different export x:y/out › resource file expected export x:y/fs.{file} found import x:y/fs.{file}',
    ]);
  });

  it('may be passed on when a new one is expected, but not the other way round', () => {
    const fresh = { types: { file: 'resource' }, functions: { take: 'func(f: file)' } };
    const passing = { imports: { 'x:y/fs': FS }, exports: { 'x:y/out': USER } };
    const making = { imports: { 'x:y/fs': FS }, exports: { 'x:y/out': fresh } };
    expect(reasons(passing, making)).toEqual([]);
    expect(reasons(making, passing)[0]?.code).toBe('resource-different');
  });

  it('are distinguished by the names of the instances that they belong to', () => {
    const store = { implements: 'x:y/store', types: { key: 'resource' } };
    const target = { imports: { primary: store, secondary: store }, exports: { out: out('primary') } };
    expect(reasons(target, target)).toEqual([]);
    expect(reasons({ ...target, exports: { out: out('secondary') } }, target)).not.toEqual([]);
  });

  it('link across compatible versions', () => {
    expect(reasons(at('0.2.0'), at('0.2.6'))).toEqual([]);
  });
});
