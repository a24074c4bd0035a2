import { describe, expect, it } from 'vitest';
import { funcText, funcTypeText, typeDefText, typeText } from './index.ts';
import type { Func, Type, TypeDef, TypeDefKind } from './index.ts';

const anonymous = (kind: TypeDefKind): TypeDef => ({ kind });
const file: TypeDef = { name: 'file', kind: { tag: 'resource' } };
const error: TypeDef = { name: 'error', kind: { tag: 'enum', cases: [{ name: 'io' }] } };

describe('typeText', () => {
  it.each<[string, Type]>([
    ['u8', 'u8'],
    ['error', error],
    [
      'result<list<string>, error>',
      anonymous({ tag: 'result', ok: anonymous({ tag: 'list', element: 'string' }), err: error }),
    ],
    ['result', anonymous({ tag: 'result' })],
    ['result<u8>', anonymous({ tag: 'result', ok: 'u8' })],
    ['result<_, u8>', anonymous({ tag: 'result', err: 'u8' })],
    ['option<char>', anonymous({ tag: 'option', type: 'char' })],
    ['tuple<u8, u16>', anonymous({ tag: 'tuple', types: ['u8', 'u16'] })],
    ['list<u8, 4>', anonymous({ tag: 'fixed-length-list', element: 'u8', length: 4 })],
    ['map<string, bool>', anonymous({ tag: 'map', key: 'string', value: 'bool' })],
    ['future', anonymous({ tag: 'future' })],
    ['stream<u8>', anonymous({ tag: 'stream', payload: 'u8' })],
    ['file', anonymous({ tag: 'own', resource: file })],
    ['borrow<file>', anonymous({ tag: 'borrow', resource: file })],
    ['%list', { name: 'list', kind: { tag: 'resource' } }],
    [
      'record { %type: u8, b: error }',
      anonymous({
        tag: 'record',
        fields: [
          { name: 'type', type: 'u8' },
          { name: 'b', type: error },
        ],
      }),
    ],
  ])('%s', (text, type) => {
    expect(typeText(type)).toBe(text);
  });

  it('lets the caller print the names of types', () => {
    expect(typeText(anonymous({ tag: 'borrow', resource: file }), { nameOf: () => 'fs.{file}' })).toBe(
      'borrow<fs.{file}>',
    );
  });

  it('stays small for types that share their parts', () => {
    let type: Type = 'u8';
    for (let i = 0; i < 90; i += 1) type = anonymous({ tag: 'tuple', types: [type, type] });
    const text = typeText(type);
    expect(text).toContain('…');
    expect(text.length).toBeLessThan(5_000);
  });

  it('does not exhaust the stack on deeply nested types', () => {
    let type: Type = 'u8';
    for (let i = 0; i < 100_000; i += 1) type = anonymous({ tag: 'option', type });
    expect(typeText(type)).toMatch(/^(option<){100}…>+$/u);
  });
});

describe('typeDefText', () => {
  it.each<[string, TypeDefKind]>([
    ['resource', { tag: 'resource' }],
    ['enum { a, b }', { tag: 'enum', cases: [{ name: 'a' }, { name: 'b' }] }],
    ['flags {}', { tag: 'flags', flags: [] }],
    ['variant { a(u8), b }', { tag: 'variant', cases: [{ name: 'a', type: 'u8' }, { name: 'b' }] }],
    ['file', { tag: 'alias', type: file }],
    ['own<file>', { tag: 'own', resource: file }],
    ['list<file>', { tag: 'list', element: anonymous({ tag: 'own', resource: file }) }],
  ])('%s', (text, kind) => {
    expect(typeDefText({ name: 'self', kind })).toBe(text);
  });
});

describe('funcText', () => {
  const self = { name: 'self', type: anonymous({ tag: 'borrow', resource: file }) };

  it('writes a function as WIT does', () => {
    const params = [
      { name: 'path', type: 'string' as const },
      { name: 'from', type: 'u64' as const },
    ];
    expect(funcText(func({ tag: 'freestanding' }, { params, result: error, async: true }))).toBe(
      'async func(path: string, %from: u64) -> error',
    );
    expect(funcTypeText({ params, async: false })).toBe('func(path: string, %from: u64)');
    expect(funcText(func({ tag: 'static', resource: file }))).toBe('static func()');
  });

  it("leaves out a method's self and a constructor's own result", () => {
    const own = anonymous({ tag: 'own', resource: file });
    expect(funcText(func({ tag: 'method', resource: file }, { params: [self] }))).toBe('func()');
    expect(funcText(func({ tag: 'constructor', resource: file }, { result: own }))).toBe('constructor()');
    const fallible = anonymous({ tag: 'result', ok: own });
    expect(funcText(func({ tag: 'constructor', resource: file }, { result: fallible }))).toBe(
      'constructor() -> result<file>',
    );
  });
});

function func(kind: Func['kind'], rest: Partial<Func> = {}): Func {
  return { name: 'f', kind, async: false, params: [], ...rest };
}
