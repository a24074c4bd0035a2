import type { ContractInterface } from '@wit-ts/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { alone, worldFrom } from './fixtures/from-contract.ts';
import { compilers, typeErrors, type Compiler } from './fixtures/type-check.ts';
import { generate, type Side } from './index.ts';

/** The types that only TypeScript knows; the others are found at run time. */
const LIBRARY = (
  'Disposable AsyncDisposable Record Partial Readonly ReadonlyArray ReadonlyMap PromiseLike AsyncIterable Iterable ' +
  'Iterator ArrayLike ArrayBufferLike PropertyKey ThisType Awaited NonNullable ReturnType Parameters InstanceType ' +
  'Exclude Extract Omit Pick Uppercase'
).split(' ');

/** As a function, it could hide the way to all the others, so that it is one beside the types. */
const GLOBAL_THIS = 'global-this';

/** All names of the platform that a WIT type can have, as WIT writes them. */
const GLOBALS = [...new Set([...Object.getOwnPropertyNames(globalThis), ...LIBRARY])]
  .filter((name) => /^(?:[A-Z][a-z0-9]+)+$/u.test(name))
  .map((name) => name.replaceAll(/(?<!^)[A-Z]/gu, '-$&').toLowerCase())
  .concat(GLOBAL_THIS, 'undefined', 'infinity', 'eval', 'na-n', 'url', 'json', 'math');

const KINDS: Readonly<Record<string, (name: string) => string>> = {
  resource: () => 'resource',
  record: () => 'record { a: u8 }',
  variant: (name) => `variant { %${name}(list<u8>), b }`,
  enum: () => 'enum { a, b }',
  flags: () => 'flags { a, b }',
  alias: () => 'list<u16>',
};

/** Everything for which declarations name a global. */
const MENTIONS: ContractInterface = {
  types: {
    'the-thing': 'resource',
    'the-bytes': 'tuple<list<u8>, list<s64>, list<f32>, list<option<u8>>, map<string, u8>>',
    'the-rest':
      'tuple<future<u8>, stream<u8>, future<list<u32>>, stream<string>, error-context, result<u8, u8>>',
    'the-union': 'variant { a(the-bytes), b(the-rest), c(list<option<option<string>>>) }',
  },
  functions: {
    'use-all': 'func(a: the-bytes) -> result<the-rest, the-union>',
    'use-later': 'async func() -> result<list<u8>, map<string, u8>>',
    '[constructor]the-thing': 'constructor(a: list<u8>)',
    '[method]the-thing.go': 'async func(a: the-union) -> result<_, list<u64>>',
    '[static]the-thing.other': 'static func(a: the-thing) -> the-thing',
  },
};

function typesOf(kind: string): readonly string[] {
  return kind === 'func' ? [] : GLOBALS.filter((name) => name !== GLOBAL_THIS);
}

function shadowing(kind: string): ContractInterface {
  if (kind === 'func') {
    const functions = Object.fromEntries(GLOBALS.map((name) => [name, 'func(a: list<u8>) -> the-thing']));
    return { types: MENTIONS.types!, functions: { ...functions, ...MENTIONS.functions } };
  }
  const types = Object.fromEntries(typesOf(kind).map((name) => [name, KINDS[kind]!(name)]));
  const functions = { [GLOBAL_THIS]: 'func(a: list<u8>) -> list<the-thing>', ...MENTIONS.functions };
  return { types: { ...types, ...MENTIONS.types }, functions };
}

async function filesFor(kind: string, direction: 'imports' | 'exports', side: Side) {
  const iface = shadowing(kind);
  const key = `shadow:${kind}-${direction}/i`;
  const names = typesOf(kind);
  // A second interface has the types by `use`, and so has the world.
  const uses = Object.fromEntries(names.map((name) => [name, `use ${key}.{%${name}}`]));
  const user: ContractInterface = { types: { ...uses, ...MENTIONS.types }, functions: MENTIONS.functions! };
  const shown = names.map((name) => `%${name}`).join(', ');
  const own = { [GLOBAL_THIS]: `func(a: tuple<list<u8>, map<string, u8>, ${shown || 'u8'}>)` };
  const world = worldFrom({
    world: `shadow:${kind}-${direction}/w`,
    imports: direction === 'imports' ? { [key]: iface, [`${key}2`]: user, ...uses, ...own } : {},
    exports: direction === 'exports' ? { [key]: iface, [`${key}2`]: user } : {},
  });
  const files = await generate(alone(world), world, { side });
  return files.map(({ path, content }) => ({ path: `${side}/${kind}/${direction}/${path}`, content }));
}

describe.each(Object.keys(compilers) as Compiler[])('under %s, a WIT name of a global', (compiler) => {
  let errors: readonly string[];

  beforeAll(async () => {
    const files = [...Object.keys(KINDS), 'func'].flatMap((kind) =>
      (['imports', 'exports'] as const).flatMap((direction) =>
        (['host', 'guest'] as const).map((side) => filesFor(kind, direction, side)),
      ),
    );
    errors = await typeErrors(compiler, (await Promise.all(files)).flat());
  }, 120_000);

  it.each([...Object.keys(KINDS), 'func'])('breaks no declaration as a %s', (kind) => {
    expect(GLOBALS.length).toBeGreaterThan(60);
    expect(errors.filter((error) => error.includes(`/${kind}/`))).toEqual([]);
  });

  it('breaks nothing else', () => {
    expect(errors.filter((error) => !/^(?:host|guest)\//u.test(error))).toEqual([]);
  });
});
