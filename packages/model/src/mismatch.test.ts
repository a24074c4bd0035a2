import { describe, expect, it } from 'vitest';
import { worldOf, type ContractItems } from './contract.ts';
import { pathTexts, segmentName, segmentText, type PathNode, type PathSegment } from './mismatch-path.ts';
import type { Mismatch } from './mismatch.ts';
import { mismatches } from './satisfy.ts';
import type { World } from './types.ts';

interface Sides {
  readonly found: World;
  readonly expected: World;
  readonly reasons: readonly Mismatch[];
}

function compared(found: ContractItems, expected: ContractItems): Sides {
  const [component, target] = [found, expected].map((exports) =>
    worldOf({ world: 'a:b/w', imports: {}, exports }),
  );
  return { found: component!, expected: target!, reasons: mismatches(component!, target!) };
}

function between(found: string, expected: string): Sides {
  return compared({ 'x:y/z': { functions: { f: found } } }, { 'x:y/z': { functions: { f: expected } } });
}

function segments({ path }: Mismatch): PathSegment[] {
  return path.map(({ segment }) => segment);
}

/** The text of a node, which differs between the two worlds. */
function nodeText(node: PathNode | undefined): string | undefined {
  switch (node?.tag) {
    case 'label':
      return `${node.label.name}: ${String(node.label.type)}`;
    case 'type':
      return typeof node.type === 'string' ? node.type : (node.type.name ?? node.type.kind.tag);
    case 'function':
      return node.function.name;
    default:
      return node?.tag;
  }
}

describe('the path of a mismatch', () => {
  it('names functions, parameters and the types inside', () => {
    const { reasons } = between(
      'func(p: list<option<tuple<u8, string>>>)',
      'func(p: list<option<tuple<u8, char>>>)',
    );
    expect(reasons.map(segments)).toEqual([
      [
        { tag: 'export', name: 'x:y/z' },
        { tag: 'func', name: 'f' },
        { tag: 'param', name: 'p' },
        { tag: 'list' },
        { tag: 'option' },
        { tag: 'tuple-element', index: 1 },
      ],
    ]);
  });

  it.each<[found: string, expected: string, last: PathSegment]>([
    ['func() -> u8', 'func() -> u16', { tag: 'result' }],
    ['func() -> result<u8>', 'func() -> result<u16>', { tag: 'ok' }],
    ['func() -> result<_, u8>', 'func() -> result<_, u16>', { tag: 'err' }],
    ['func(m: map<u8, u8>)', 'func(m: map<u16, u8>)', { tag: 'map-key' }],
    ['func(m: map<u8, u8>)', 'func(m: map<u8, u16>)', { tag: 'map-value' }],
    ['func() -> stream<u8>', 'func() -> stream<u16>', { tag: 'stream' }],
    ['func() -> future<u8>', 'func() -> future<u16>', { tag: 'future' }],
  ])('of %s and %s ends in the part that differs', (found, expected, last) => {
    expect(between(found, expected).reasons.map((reason) => segments(reason).at(-1))).toEqual([last]);
  });

  it('distinguishes the functions of a resource', () => {
    const types = { r: 'resource' };
    const { reasons } = compared(
      { 'x:y/z': { types } },
      {
        'x:y/z': {
          types,
          functions: {
            '[constructor]r': 'constructor()',
            '[method]r.m': 'func()',
            '[static]r.s': 'static func()',
          },
        },
      },
    );
    expect(reasons.map((reason) => segments(reason).at(-1))).toEqual([
      { tag: 'constructor', resource: 'r' },
      { tag: 'method', resource: 'r', name: 'm' },
      { tag: 'static', resource: 'r', name: 's' },
    ]);
  });

  it('leads through the nodes of both worlds', () => {
    const { reasons, expected, found } = compared(
      { 'x:y/z': { types: { r: 'record { a: u8 }' } } },
      { 'x:y/z': { types: { r: 'record { a: u16 }' } } },
    );
    const [{ path } = { path: [] }] = reasons;
    expect(path.map(({ segment }) => segment)).toEqual([
      { tag: 'export', name: 'x:y/z' },
      { tag: 'definition', kind: 'record', name: 'r' },
      { tag: 'field', name: 'a' },
    ]);
    expect(path[0]?.expected).toBe(expected.exports.get('x:y/z'));
    expect(path[0]?.found).toBe(found.exports.get('x:y/z'));
    expect(path.map((step) => [nodeText(step.expected), nodeText(step.found)])).toEqual([
      ['interface', 'interface'],
      ['r', 'r'],
      ['a: u16', 'a: u8'],
    ]);
  });

  it('has no node on the side that lacks something', () => {
    const { reasons } = between('func(a: u8)', 'func(a: u8, b: u8)');
    expect(reasons[0]?.path.at(-1)).toEqual({
      segment: { tag: 'param', name: 'b' },
      expected: { tag: 'label', label: { name: 'b', type: 'u8' } },
    });
    const missing = compared({}, { go: 'func()' });
    expect(missing.reasons[0]?.path).toEqual([
      { segment: { tag: 'export', name: 'go' }, expected: missing.expected.exports.get('go') },
    ]);
  });
});

/** An interface with a function that takes a file. */
function taking(file: string) {
  return { types: { file }, functions: { take: 'func(f: file)' } };
}

describe('the facts of a mismatch', () => {
  it.each<[found: string, expected: string, facts: object]>([
    ['func() -> u8', 'func() -> u16', { code: 'type-different', expected: 'u16', found: 'u8' }],
    ['func(a: list<u8, 4>)', 'func(a: list<u8, 5>)', { code: 'list-length', expected: 5, found: 4 }],
    [
      'func(a: tuple<u8>)',
      'func(a: tuple<u8, char>)',
      { code: 'tuple-size', expected: ['u8', 'char'], found: ['u8'] },
    ],
    [
      'func(b: u8, a: u8)',
      'func(a: u8, b: u8)',
      { code: 'param-order', label: 'param', expected: ['a', 'b'], found: ['b', 'a'] },
    ],
    [
      'func(a: u8)',
      'func(b: u8)',
      { code: 'param-renamed', label: 'param', expected: { name: 'b' }, found: { name: 'a' } },
    ],
    [
      'func(a: u8)',
      'func(a: u8, b: u8)',
      { code: 'param-missing', expected: { name: 'b', type: 'u8' }, candidates: [] },
    ],
    [
      'func()',
      'async func()',
      { code: 'function-async', expected: { async: true }, found: { async: false } },
    ],
    ['func()', 'func() -> u8', { code: 'result-missing', expected: { result: 'u8' } }],
    ['func() -> result<u8>', 'func() -> result<u8, char>', { code: 'payload-missing', expected: 'char' }],
  ])('%s instead of %s', (found, expected, facts) => {
    expect(between(found, expected).reasons).toMatchObject([facts]);
  });

  it('are the origins of two resources of one name', () => {
    const fs = { types: { file: 'resource' } };
    const imports = { 'x:y/fs': fs };
    const target = worldOf({
      world: 'a:b/w',
      imports,
      exports: { 'x:y/fs': fs, 'x:y/out': taking('use x:y/fs.{file}') },
    });
    const component = worldOf({
      world: 'a:b/w',
      imports,
      exports: { 'x:y/fs': fs, 'x:y/out': taking('use import x:y/fs.{file}') },
    });
    expect(mismatches(component, target)).toMatchObject([
      {
        code: 'resource-different',
        expected: { side: 'export', key: 'x:y/fs', name: 'file' },
        found: { side: 'import', key: 'x:y/fs', name: 'file' },
      },
    ]);
  });

  it('are items of the worlds', () => {
    const { reasons, expected, found } = compared({ f: 'func()' }, { f: {}, g: {} });
    expect(reasons.map(({ code }) => code)).toEqual(['item-kind', 'export-missing']);
    expect(reasons[0]).toMatchObject({ expected: { tag: 'interface' }, found: { tag: 'function' } });
    expect(reasons[0]).toHaveProperty('found', found.exports.get('f'));
    expect(reasons[1]).toHaveProperty('missing', expected.exports.get('g'));
  });
});

describe('segments as text', () => {
  it.each<[segment: PathSegment, text: string, name: string]>([
    [{ tag: 'import', name: 'x:y/z@1.0.0' }, 'import x:y/z@1.0.0', 'x:y/z@1.0.0'],
    [{ tag: 'world', name: 'w' }, 'world w', 'w'],
    [{ tag: 'func', name: 'f' }, 'func f', 'f'],
    [{ tag: 'constructor', resource: 'r' }, 'constructor r', 'r'],
    [{ tag: 'method', resource: 'r', name: 'm' }, 'method r.m', 'r.m'],
    [{ tag: 'definition', kind: 'variant', name: 'v' }, 'variant v', 'v'],
    [{ tag: 'tuple-element', index: 2 }, 'tuple 2', '2'],
    [{ tag: 'map-key' }, 'map key', 'map key'],
    [{ tag: 'result' }, 'result', 'result'],
    [{ tag: 'unexpressed', sort: 'core module', name: 'libc' }, 'core module libc', 'libc'],
  ])('%j', (segment, text, name) => {
    expect([segmentText(segment), segmentName(segment)]).toEqual([text, name]);
    expect(pathTexts([{ segment }])).toEqual([text]);
  });
});
