import { worldOf, type Contract, type World } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import {
  exportSurface,
  importSites,
  type FunctionType,
  worldSurface,
  type ImportItem,
  type WorldSurfaceMember,
  type WorldSurfaceItem,
} from './index.ts';

function world(parts: Partial<Contract>): World {
  return worldOf({ world: 'w', imports: {}, exports: {}, ...parts });
}

/** The keys of members and of what they contain, as one tree of text. */
function keysOf(members: readonly WorldSurfaceMember[]): unknown {
  return members.map((member) => {
    const keys = member.keys.join(' ');
    if (member.tag === 'object') return [keys, keysOf(member.members)];
    if (member.tag !== 'class') return keys;
    return [`class ${keys}`, member.functions.map((func) => `${func.style} ${func.keys.join(' ')}`)];
  });
}

const f = 'func()';
const stream = {
  types: { 'input-stream': 'resource' },
  functions: {
    '[constructor]input-stream': 'constructor()',
    '[method]input-stream.read-all': f,
    '[method]input-stream.read-ALL': f,
    '[static]input-stream.prototype': 'static func()',
    '[static]input-stream.read-all': 'static func()',
    'open-file': f,
  },
};

function exported(exports: Contract['exports']): unknown {
  return keysOf(worldSurface(world({ exports })).exports);
}

describe('exports', () => {
  it('have the names of JavaScript', () => {
    expect(exported({ 'handle-request': f, 'get-URL': f })).toEqual(['handleRequest', 'getUrl']);
  });

  it('are numbered if their names clash', () => {
    expect(exported({ 'a-1': f, a1: f, 'A-1': f })).toEqual(['a1', 'a1$1', 'a1$2']);
  });

  it('have no function that `await` would call', () => {
    // oxlint-disable-next-line unicorn/no-thenable -- it is a name of WIT
    expect(exported({ then: f })).toEqual(['then$1']);
  });

  it('have classes with constructors, methods and static functions', () => {
    const members = [
      [
        'class InputStream',
        [
          'constructor InputStream',
          'method readAll',
          'method readAll$1',
          'static prototype$1',
          'static readAll',
        ],
      ],
      'openFile',
    ];
    expect(exported({ 'a:b/io@1.0.0': stream })).toEqual([
      ['a:b/io@1.0.0', members],
      ['io', members],
    ]);
  });

  it('are classes, functions, interfaces under their full names, and then under their short names', () => {
    const item = { functions: { f } };
    expect(exported({ 'a:b/x': item, f, 'a:b/y@1.0.0': item, z: item, r: 'resource' })).toEqual([
      ['class R', []],
      'f',
      ['a:b/x', ['f']],
      ['a:b/y@1.0.0', ['f']],
      ['z', ['f']],
      ['x', ['f']],
      ['y', ['f']],
    ]);
  });

  it.each<[string, Contract['exports'], string[]]>([
    ['a short name', { 'a:b/io@1.0.0': { functions: { f } } }, ['a:b/io@1.0.0', 'io']],
    [
      'no short name that two interfaces have',
      { 'a:b/io': { functions: { f } }, 'c:d/io': { functions: { f } } },
      ['a:b/io', 'c:d/io'],
    ],
    [
      'a short name that an interface without functions has too',
      { 'a:b/io': { types: { t: 'u8' } }, 'c:d/io': { functions: { f } } },
      ['a:b/io', 'c:d/io', 'io'],
    ],
    ['no short name that a function has', { io: f, 'a:b/io': { functions: { f } } }, ['io', 'a:b/io']],
    ['a plain name as it is and in camelCase', { 'my-io': { functions: { f } } }, ['my-io', 'myIo']],
    ['a plain name once', { io: { functions: { f } } }, ['io']],
    ['a number if a function has the plain name', { 'io-1': f, io1: { functions: { f } } }, ['io1', 'io1$1']],
  ])('give an interface %s', (_, exports, expected) => {
    const members = worldSurface(world({ exports })).exports;
    expect(members.flatMap(({ keys }) => keys)).toEqual(expected);
  });

  it('have one class for a resource that is listed after its functions, and list classes first', () => {
    type Item = { readonly tag: 'func'; readonly type: FunctionType } | { readonly tag: 'resource' };
    const func: Item = { tag: 'func', type: { params: [], async: false } };
    const resource: Item = { tag: 'resource' };
    const members = exportSurface<Item>([
      ['g', func],
      ['[method]r.f', func],
      ['r', resource],
      ['[static]r.f', func],
    ]);
    expect(members).toMatchObject([
      { tag: 'class', name: 'r', keys: ['R'], item: resource, functions: [{ keys: ['f'] }, { keys: ['f'] }] },
      { tag: 'function', keys: ['g'] },
    ]);
  });
});

describe('imports', () => {
  const imports: Contract['imports'] = {
    'a:b/io@1.2.0': stream,
    'c:d/plain': { functions: { f } },
    'my-log': { functions: { 'to-string': f } },
    'open-file': f,
    'do-1': f,
    do1: { functions: { f } },
  };
  const surface = worldSurface(world({ imports })).imports;

  it('accept names of WIT beside those of JavaScript', () => {
    expect(surface.map(({ keys }) => keys.join(' '))).toEqual([
      'a:b/io@1.2.0 a:b/io',
      'c:d/plain',
      'myLog my-log',
      'openFile open-file',
      'do1 do-1',
      'do1$1',
    ]);
  });

  it('accept other versions of an interface on its track', () => {
    const [io, plain] = surface;
    expect(io).toMatchObject({ track: 'a:b/io@1' });
    expect(plain).not.toHaveProperty('track');
  });

  it('are at the same properties for a plan as for its world', () => {
    const flat = flatten(surface, []);
    const sites = importSites(flat.map(({ item }) => item));
    const shown = sites.map(({ interfaces, keys, style, classKeys }) => ({
      path: interfaces.map(({ key }) => key),
      keys,
      style,
      classKeys,
    }));
    expect(shown).toEqual(flat.map(({ site }) => site));
  });
});

interface Flat {
  readonly item: ImportItem;
  readonly site: unknown;
}

/** The items that a component of a world imports, with what the surface of the world says of each. */
function flatten(
  members: readonly WorldSurfaceMember[],
  around: readonly { wit: string; key: string }[],
): Flat[] {
  const path = around.map(({ key }) => key);
  const itemOf = (name: string, tag: WorldSurfaceItem['tag']): ImportItem => ({
    path: [...around.map(({ wit }) => wit), name],
    item: { tag },
  });
  return members.flatMap((member): Flat[] => {
    const { name, keys } = member;
    switch (member.tag) {
      case 'object':
        return flatten(member.members, [...around, { wit: name, key: keys[0] }]);
      case 'function':
        return [{ item: itemOf(name, 'func'), site: { path, keys, style: member.style, classKeys: [] } }];
      case 'class':
        return [
          { item: itemOf(name, 'resource'), site: { path, keys, style: 'class', classKeys: [] } },
          ...member.functions.map((func) => ({
            item: itemOf(func.name, 'func'),
            site: { path, keys: func.keys, style: func.style, classKeys: keys },
          })),
        ];
      case 'value':
        return [];
    }
  });
}
