import type { Func, Interface, Mutable, Type, TypeDef, World } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { alone, textsOf, worldFrom } from './fixtures/from-contract.ts';
import { generate } from './index.ts';

/** A world that imports the interface `a:b/i`, whose parts a test replaces by what no parser would let through. */
function worldWith(change: (iface: Mutable<Interface>) => void): World {
  const world = worldFrom({ imports: { 'a:b/i': { types: { t: 'u8' }, functions: { f: 'func(p: t)' } } } });
  const item = world.imports.get('a:b/i');
  if (item?.tag !== 'interface') throw new Error('the import is an interface');
  const iface: Mutable<Interface> = {
    ...item.interface,
    types: new Map(),
    functions: new Map(item.interface.functions),
  };
  for (const [name, def] of item.interface.types) iface.types.set(name, Object.assign(def, { owner: iface }));
  change(iface);
  return { ...world, imports: new Map([['a:b/i', { ...item, interface: iface }]]) };
}

async function interfaceText(world: World): Promise<string> {
  return (await textsOf(world))['interfaces/a-b-i.ts'] ?? '';
}

/** A function of no parameters, but for what a test wants. */
function funcWith(change: Partial<Func>): Func {
  return { name: 'g', kind: { tag: 'freestanding' }, async: false, params: [], ...change };
}

function pair(type: Type): TypeDef {
  return { kind: { tag: 'tuple', types: [type, type] } };
}

function inside(type: Type): TypeDef {
  return { kind: { tag: 'list', element: type } };
}

/** A string, wrapped so many times. */
function times(count: number, wrap: (type: Type) => TypeDef): Type {
  let type: Type = 'string';
  for (let i = 0; i < count; i += 1) type = wrap(type);
  return type;
}

describe('documentation', () => {
  it.each([
    ['an end of comment', 'a */ export const x = 1; /* b', '/** a *\\/ export const x = 1; /* b */'],
    ['an end that comes about by removal', 'a *\u0000/ b *\u202e/ c', '/** a *\\/ b *\\/ c */'],
    ['lines', '\n\n  one  \r\n\ttwo\rthree\n', '/**\n *   one\n * \ttwo\n * three\n */'],
    ['a lone slash', '/', '/** / */'],
    ['stars', '**', '/** ** */'],
    ['nothing but space', ' \n ', 'export interface I'],
  ])('with %s stays in its comment', async (_, contents, expected) => {
    const text = await interfaceText(worldWith((iface) => Object.assign(iface, { docs: { contents } })));
    expect(text.startsWith(expected)).toBe(true);
    expect(text.replaceAll(/\/\*.*?\*\//gsu, '')).not.toContain('const x');
  });

  it('says since which version an item is deprecated', async () => {
    const stability = { tag: 'stable', since: '1.0.0', deprecated: '1.2.0' } as const;
    const world = worldWith((iface) => Object.assign(iface, { stability, docs: { contents: 'Old.' } }));
    expect(await interfaceText(world)).toContain(
      '/**\n * Old.\n * @deprecated since 1.2.0\n */\nexport interface I',
    );
  });
});

describe('generated files', () => {
  const bad = ['a"; x', 'a\nb', '__proto__', 'a b', '', '1a', 'a-', 'é', 'a*/b'];

  it.each(bad)('refuse %j as the name of a type', async (name) => {
    const world = worldWith((iface) =>
      iface.types.set(name, { name, kind: { tag: 'enum', cases: [] }, owner: iface }),
    );
    await expect(generate(alone(world), world)).rejects.toThrow(/is not a name of WIT/u);
  });

  it.each(bad)('refuse %j as the name of a function, a parameter, a field and a case', async (name) => {
    const kinds: TypeDef['kind'][] = [
      { tag: 'record', fields: [{ name, type: 'u8' }] },
      { tag: 'flags', flags: [{ name }] },
      { tag: 'variant', cases: [{ name }] },
      { tag: 'enum', cases: [{ name }] },
    ];
    const worlds = [
      ...[funcWith({ name }), funcWith({ params: [{ name, type: 'u8' }] })].map((item) =>
        worldWith((iface) => iface.functions.set('g', item)),
      ),
      ...kinds.map((kind) => worldWith((iface) => iface.types.set('t2', { name: 't2', kind, owner: iface }))),
    ];
    for (const world of worlds) {
      await expect(generate(alone(world), world)).rejects.toThrow(/is not a name of WIT/u);
    }
  });

  it.each([...bad, 'a:b/c@"', 'a:b/c@1\n', 'a:b:c/d', 'a:b/c d', 'a:__proto__/c'])(
    'refuse %j as a key and as the name of a world',
    async (key) => {
      const world = worldFrom({});
      const item = { tag: 'interface', interface: { types: new Map(), functions: new Map() } } as const;
      const imported = { ...world, imports: new Map([[key, item]]) };
      await expect(generate(alone(imported), imported)).rejects.toThrow(/is not a name of WIT/u);
      const named = { ...world, name: key };
      await expect(generate(alone(named), named)).rejects.toThrow(/is not a name of WIT/u);
    },
  );
});

it('keeps the label of a source in its comment', async () => {
  const world = worldFrom({});
  const [file] = await generate(alone(world), world, { source: 'a\nexport const x = 1;\u2028y' });
  expect(file?.content.split('\n')[0]).toBe('// @generated by wit-ts from a export const x = 1; y');
});

describe('types that are large or deep', () => {
  it.each([
    ['exponential', times(60, pair)],
    ['deep', times(100_000, inside)],
    ['deep in streams', times(100_000, (type) => ({ kind: { tag: 'stream', payload: type } }))],
    ['deep in options', times(100_000, (type) => ({ kind: { tag: 'option', type } }))],
  ])('are refused: %s', async (_, type) => {
    const world = worldWith((iface) =>
      iface.types.set('big', { name: 'big', kind: { tag: 'alias', type }, owner: iface }),
    );
    await expect(generate(alone(world), world)).rejects.toThrow(/too large to be written out/u);
  });

  it('are written if WIT can nest them as deep', async () => {
    const world = worldWith((iface) =>
      iface.types.set('big', { name: 'big', kind: { tag: 'alias', type: times(99, inside) }, owner: iface }),
    );
    expect(await interfaceText(world)).toContain(`string${'[]'.repeat(99)};`);
  });
});
