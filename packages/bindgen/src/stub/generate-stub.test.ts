import { resolveOrThrow } from '@wit-ts/wit';
import { describe, expect, it } from 'vitest';
import { alone, worldFrom } from '../fixtures/from-contract.ts';
import { generateStub } from '../index.ts';

const WIT = `package t:w@1.0.0;
interface types { resource error { constructor(n: u32); get: func() -> u8; make: static func() -> error; } }
interface import-it { use types.{error}; f: func(e: borrow<error>, imports: u8) -> result<_, string>; }
world w { import types; import import-it; import to-do: func(todo: u8); export types; export delete: func(); }`;

async function stub(side: 'host' | 'guest', more: object = {}): Promise<string> {
  const options = { side, bindings: './generated', ...more };
  return (await generateStub(resolveOrThrow(WIT).resolve, 'w', options)).content;
}

describe('the skeleton of a host', () => {
  it('has every function and class of the imports', async () => {
    const text = await stub('host');
    expect(text).toContain(
      'class Error implements TypesError {\n  constructor(n: number) {\n    TODO("types.Error", { n });',
    );
    expect(text).toContain('return TODO("types.Error.get");');
    expect(text).toMatch(/static make\(\): TypesError \{/u);
    expect(text).toContain('f(e, imports) {\n    return TODO("importIt.f", { e, imports });');
    expect(text).toContain('toDo(todo) {\n    return TODO("toDo", { todo });');
    expect(text).toContain('throw new globalThis.Error(');
    expect(text).toContain('return instantiate(component, imports);');
  });

  it('makes no instance if the bindings have only types', async () => {
    expect(await stub('host', { typesOnly: true })).not.toContain('instantiate');
  });

  it('imports what is generated, wherever it is', async () => {
    const text = await stub('host', {
      bindings: '../x',
      importExtension: '.ts',
      map: { 't:w/import-it': './mine.js', 't:w/types': 'types' },
    });
    for (const from of ['"../x/mine.js"', '"../x/w.ts"', '"types"']) expect(text).toContain(`from ${from};`);
  });
});

describe('the skeleton of a guest', () => {
  it('exports everything, under names that no declaration can have as well', async () => {
    const text = await stub('guest');
    expect(text).toContain('/// <reference path="./generated/w.d.ts" />');
    expect(text).toMatch(/const delete\S+: WExports\["delete"\] = \(\) => TODO\("delete"\);/u);
    expect(text).toMatch(/export \{ delete\S+ as delete \};/u);
    expect(text).toContain('export const types: WExports["types"] = {\n  Error,\n};');
    expect(text).toMatch(/\(\{ delete: delete\S+, types \}\) satisfies WExports;/u);
  });
});

it('is a module, even if there is nothing to write', async () => {
  const world = worldFrom({});
  for (const side of ['host', 'guest'] as const) {
    const { content } = await generateStub(alone(world), world, { side, bindings: '.', typesOnly: true });
    expect(content).toContain('export {};');
  }
});
