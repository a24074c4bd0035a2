import { describe, expect, it } from 'vitest';
import { textsOf, worldFrom } from './fixtures/from-contract.ts';

/** The text of the interface `test:case/i` with these types and functions. */
async function interfaceText(
  types: Record<string, string>,
  functions: Record<string, string> = {},
  direction: 'imports' | 'exports' = 'imports',
): Promise<string> {
  const texts = await textsOf(worldFrom({ [direction]: { 'test:case/i': { types, functions } } }));
  return texts['interfaces/test-case-i.ts'] ?? '';
}

describe('types', () => {
  it.each([
    ['u8', 'number'],
    ['s64', 'bigint'],
    ['char', 'string'],
    ['list<u8>', 'Uint8Array'],
    ['list<u64>', 'BigUint64Array'],
    ['list<f32>', 'Float32Array'],
    ['list<bool>', 'boolean[]'],
    ['list<list<string>>', 'string[][]'],
    ['list<option<string>>', 'Array<string | undefined>'],
    ['list<tuple<u8, string>>', '[number, string][]'],
    ['list<string, 2>', '[string, string]'],
    ['map<string, list<s8>>', 'Map<string, Int8Array>'],
    ['option<string>', 'string | undefined'],
    ['option<option<string>>', 'Option<string | undefined>'],
    ['option<option<option<string>>>', 'Option<string | undefined> | undefined'],
    ['result<u8, string>', 'Result<number, string>'],
    ['result<_, string>', 'Result<void, string>'],
    ['result', 'Result<void, void>'],
    ['error-context', 'ErrorContext'],
    ['future<u8>', 'Promise<number>'],
    ['future', 'Promise<void>'],
    ['future<result<u8, string>>', 'Future<number, string>'],
    ['future<result>', 'Future<void, void>'],
    ['future<option<result<u8, string>>>', 'Promise<Result<number, string> | undefined>'],
    ['future<future<u8>>', 'Promise<number>'],
    ['future<result<future<result<u8, string>>>>', 'Future<number, void | string>'],
    ['stream<string>', 'Stream<string>'],
    ['stream<option<string>>', 'Stream<string | undefined>'],
    ['stream<bool>', 'Stream<boolean>'],
    ['stream<u8>', 'Stream<number, Uint8Array>'],
    ['stream<s64>', 'Stream<bigint, BigInt64Array>'],
    ['stream<f32>', 'Stream<number, Float32Array>'],
    ['stream<list<u8>>', 'Stream<Uint8Array>'],
    ['stream<stream<u8>>', 'Stream<Stream<number, Uint8Array>>'],
    ['stream', 'Stream<void>'],
    ['list<stream<u8>>', 'Stream<number, Uint8Array>[]'],
  ])('%s is %s', async (wit, typescript) => {
    expect(await interfaceText({ t: wit })).toContain(`export type T = ${typescript};\n`);
  });

  it('sees through other names of a type', async () => {
    const text = await interfaceText({
      byte: 'u8',
      bytes: 'list<byte>',
      maybe: 'option<bytes>',
      twice: 'option<maybe>',
    });
    expect(text).toContain('export type Bytes = Uint8Array;');
    expect(text).toContain('export type Maybe = Bytes | undefined;');
    expect(text).toContain('export type Twice = Option<Maybe>;');
  });

  it('lets optional fields be left out, and boxed options not', async () => {
    const text = await interfaceText({
      r: 'record { a: option<u8>, b-c: option<option<u8>>, d: list<option<u8>> }',
    });
    expect(text).toContain(
      'export interface R {\n' +
        '  a?: number | undefined;\n' +
        '  bC: Option<number | undefined>;\n' +
        '  d: Array<number | undefined>;\n' +
        '}\n',
    );
  });

  it('writes tags and cases as WIT has them', async () => {
    const text = await interfaceText({
      v: 'variant { no-thing, some-thing(u8) }',
      e: 'enum { a-b, c }',
      f: 'flags { a-b }',
    });
    expect(text).toContain('export type V = { tag: "no-thing" } | { tag: "some-thing"; val: number };');
    expect(text).toContain('export type E = "a-b" | "c";');
    expect(text).toContain('export interface F {\n  aB?: boolean;\n}');
  });

  it('writes long lists of a fixed length as arrays', async () => {
    expect(await interfaceText({ t: 'list<string, 4000000000>' })).toContain('export type T = string[];');
  });
});

describe('functions', () => {
  it('return the ok of a result, and document what they throw', async () => {
    const text = await interfaceText(
      { failure: 'result<u8, string>' },
      { f: 'func() -> result<_, option<u8>>', g: 'func() -> failure', h: 'func() -> result' },
    );
    expect(text).toContain('  /** @throws {ComponentError<number | undefined>} */\n  f(): void;');
    expect(text).toContain('  /** @throws {ComponentError<string>} */\n  g(): number;');
    expect(text).toContain('  /** @throws {ComponentError<undefined>} */\n  h(): void;');
  });

  it('return promises if they are async', async () => {
    const text = await interfaceText({}, { f: 'async func() -> result<u8>', g: 'async func()' });
    expect(text).toContain('f(): number | PromiseLike<number>;');
    expect(text).toContain('g(): void | PromiseLike<void>;');
    const exported = await interfaceText({}, { f: 'async func() -> result<u8>' }, 'exports');
    expect(exported).toContain('f(options?: CallOptions): Promise<number>;');
  });
});

describe('resources', () => {
  const types = { r: 'resource', bare: 'resource', quiet: 'resource' };
  const functions = {
    '[constructor]r': 'constructor(a: u8)',
    '[method]r.get': 'func() -> borrow<r>',
    '[static]r.merge': 'static func(a: r, b: r) -> r',
    '[method]quiet.ask': 'func()',
  };

  it('are classes that the host supplies if they are imported', async () => {
    const text = await interfaceText(types, functions);
    expect(text).toContain('  R: {\n    new (a: number): R;\n    merge(a: R, b: R): R;\n  };');
    expect(text).toContain('  Quiet: { prototype: Quiet };');
    expect(text).toContain('export interface R {\n  get(): R;\n  [Symbol.dispose]?(): void;\n}');
  });

  it('need no class if the component imports none of their functions', async () => {
    expect(await interfaceText(types, functions)).toContain('  Bare?: { prototype: Bare };');
  });

  it('are classes whose objects the host disposes of if they are exported', async () => {
    const text = await interfaceText(types, functions, 'exports');
    expect(text).toContain('  Quiet: abstract new (...args: never) => Quiet;');
    expect(text).toContain('export interface R extends Disposable {\n  get(): R;\n}');
  });

  it('differ between the import and the export of one interface', async () => {
    const texts = await textsOf(
      worldFrom({
        imports: { 'test:case/i': { types, functions } },
        exports: {
          'test:case/i': 'interface test:case/i',
          'test:case/j': { types: { r: 'use test:case/i.{r}' }, functions: { f: 'func(r: r)' } },
          g: 'func(r: test:case/i.{r})',
        },
      }),
    );
    expect(Object.keys(texts)).toEqual([
      'w.ts',
      'interfaces/test-case-i.ts',
      'exports/test-case-i.ts',
      'interfaces/test-case-j.ts',
    ]);
    expect(texts['interfaces/test-case-j.ts']).toContain(
      'import type { R } from "../exports/test-case-i.js";',
    );
    expect(texts['w.ts']).toContain('  "test:case/i": ImportedI;\n');
    expect(texts['w.ts']).toContain('  i: ExportedI;\n  "test:case/i": ExportedI;\n');
  });

  it('are members of the imports if the world itself declares them', async () => {
    const texts = await textsOf(
      worldFrom({
        imports: { r: 'resource', '[static]r.all': 'static func() -> list<r>', '[method]r.go': 'func()' },
      }),
    );
    expect(texts['w.ts']).toContain('    R: { prototype: R; all(): readonly R[] };');
    expect(texts['w.ts']).toContain('export interface R {\n  go(): void;\n');
  });
});

describe('names', () => {
  it('may be reserved words', async () => {
    const text = await interfaceText(
      { default: 'record { new: u8, this: u8, constructor: u8 }' },
      { new: 'func(this: u8, new: u8, await: u8)', delete: 'func(arguments: default)' },
    );
    expect(text).toContain(
      'export interface Default {\n  new: number;\n  this: number;\n  constructor: number;\n}',
    );
    expect(text).toContain('"new"(this_: number, new_: number, await_: number): void;');
    expect(text).toContain('delete(arguments_: Default): void;');
  });

  it('get a number, as in the runtime, if they are the same in camelCase', async () => {
    const text = await interfaceText(
      { 'a-1': 'u8', a1: 'string', r: 'record { a-1: a-1, a1: a1 }' },
      { 'f-1': 'func(x-2: u8, x2: u8)', f1: 'func()' },
    );
    expect(text).toContain('export type A1 = number;');
    expect(text).toContain('export type A1$1 = string;');
    expect(text).toContain('export interface R {\n  a1: A1;\n  a1$1: A1$1;\n}');
    expect(text).toContain('f1(x2: number, x2$1: number): void;\n  f1$1(): void;');
  });

  it('may be names of the platform', async () => {
    const text = await interfaceText(
      { map: 'map<string, u8>', promise: 'u8', 'uint8-array': 'string', disposable: 'u8', error: 'resource' },
      { f: 'async func(a: list<u8>) -> map<string, %map>' },
      'exports',
    );
    expect(text).toContain('export type Map = globalThis.Map<string, number>;');
    expect(text).toContain('  ): globalThis.Promise<globalThis.Map<string, Map>>;');
    expect(text).toContain('a: globalThis.Uint8Array | readonly number[],');
  });

  it('may be names that generated code uses itself', async () => {
    const texts = await textsOf(
      worldFrom({
        imports: {
          result: 'result<option<option<u8>>, string>',
          option: 'option<option<u8>>',
          contract: 'u8',
          'w-imports': 'string',
          instantiate: 'func(a: %result, b: w-imports)',
        },
      }),
    );
    const text = texts['w.ts'] ?? '';
    expect(text).toContain('Result as Result$1');
    expect(text).toContain('export type Result = Result$1<Option$1<number | undefined>, string>;');
    expect(text).toContain('export type WImports = string;');
    expect(text).toContain(
      'export type WImports$1 = WorldImports<{\n  instantiate(a: Result, b: WImports): void;',
    );
    expect(text).toContain('export const instantiate: Instantiate<WImports$1, object> =');
  });

  it('may be shared by a type and a function', async () => {
    const text = await interfaceText({ status: 'u8' }, { status: 'func() -> status' });
    expect(text).toContain('status(): Status;');
  });

  it('may be shared by an interface and one of its types', async () => {
    const texts = await textsOf(
      worldFrom({ imports: { 'a:b/thing': { types: { thing: 'u8' }, functions: { f: 'func()' } } } }),
    );
    expect(texts['interfaces/a-b-thing.ts']).toContain('export interface BThing {\n  f(): void;');
    expect(texts['w.ts']).toContain('"a:b/thing": BThing;');
  });

  it('may be shared by the world and an interface', async () => {
    const texts = await textsOf(
      worldFrom({ world: 'a:b/thing', imports: { 'a:b/thing': { functions: { f: 'func()' } } } }),
    );
    expect(texts['thing.ts']).toContain('import type { Thing } from "./interfaces/a-b-thing.js";');
  });
});
