import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toJson } from './index.ts';
import type { Func, Interface, Mutable, Package, Resolve, TypeDef, World, WorldItem } from './index.ts';
import { resolveFromJson } from './fixtures/resolve-from-json.ts';

const corpus = new URL('../../../../shared/corpus/wit-parse-pass/', import.meta.url);
const files = existsSync(corpus) ? readdirSync(corpus).filter((file) => file.endsWith('.wit.json')) : [];

describe.skipIf(files.length === 0)("toJson gives back the reference's JSON (needs ../shared)", () => {
  it.each(files)('%s', (file) => {
    const text = readFileSync(new URL(file, corpus), 'utf8');
    expect(print(resolveFromJson(text))).toBe(text);
  });
});

describe('toJson', () => {
  it('writes every kind of type with the keys of the reference', () => {
    const resource: TypeDef = { name: 'r', kind: { tag: 'resource' } };
    const kinds: readonly TypeDef['kind'][] = [
      { tag: 'record', fields: [{ name: 'f', type: 'u8', docs: { contents: 'd' } }] },
      { tag: 'flags', flags: [{ name: 'f' }] },
      { tag: 'variant', cases: [{ name: 'c', type: 'bool' }, { name: 'd' }] },
      { tag: 'enum', cases: [{ name: 'e', docs: { contents: '' } }] },
      { tag: 'tuple', types: ['u8', 'error-context'] },
      { tag: 'option', type: 'char' },
      { tag: 'result' },
      { tag: 'result', ok: 'u8', err: 'u16' },
      { tag: 'list', element: 'f32' },
      { tag: 'fixed-length-list', element: 'f64', length: 4 },
      { tag: 'map', key: 'string', value: 's8' },
      { tag: 'future' },
      { tag: 'stream', payload: 'u8' },
      { tag: 'own', resource },
      { tag: 'borrow', resource },
      { tag: 'alias', type: resource },
    ];
    const json = toJson({
      packages: [],
      worlds: [],
      interfaces: [],
      types: [resource, ...kinds.map((kind) => ({ kind }))],
    });
    expect(json.types.map((type) => JSON.stringify(type['kind']))).toEqual([
      '"resource"',
      '{"record":{"fields":[{"name":"f","type":"u8","docs":{"contents":"d"}}]}}',
      '{"flags":{"flags":[{"name":"f"}]}}',
      '{"variant":{"cases":[{"name":"c","type":"bool"},{"name":"d","type":null}]}}',
      '{"enum":{"cases":[{"name":"e","docs":{"contents":""}}]}}',
      '{"tuple":{"types":["u8","error-context"]}}',
      '{"option":"char"}',
      '{"result":{"ok":null,"err":null}}',
      '{"result":{"ok":"u8","err":"u16"}}',
      '{"list":"f32"}',
      '{"fixed-length-list":["f64",4]}',
      '{"map":["string","s8"]}',
      '{"future":null}',
      '{"stream":"u8"}',
      '{"handle":{"own":0}}',
      '{"handle":{"borrow":0}}',
      '{"type":0}',
    ]);
  });

  it('uses the index as the key of an interface, and the label for one under a label', () => {
    const { resolve, world, iface } = storeWorld();
    world.imports.set('a:b/store@1.0.0', {
      tag: 'interface',
      interface: iface,
      externalId: 'x',
      docs: { contents: 'why' },
    });
    world.imports.set('backup', {
      tag: 'interface',
      interface: iface,
      stability: { tag: 'stable', since: '1.0.0' },
    });
    expect(JSON.stringify(toJson(resolve).worlds[0]?.['imports'])).toBe(
      '{"interface-0":{"interface":{"id":0,"external_id":"x","docs":{"contents":"why"}}},' +
        '"backup":{"interface":{"id":0,"stability":{"stable":{"since":"1.0.0"}}}}}',
    );
  });

  it('writes annotated names of methods, and async in the kind', () => {
    const { resolve, world } = storeWorld();
    const resource: TypeDef = { name: 'file', kind: { tag: 'resource' }, owner: world };
    const method: Func = {
      name: 'read',
      kind: { tag: 'method', resource },
      async: true,
      params: [],
      externalId: 'id',
    };
    world.imports.set('[method]file.read', { tag: 'function', function: method });
    const withType = { ...resolve, types: [resource] };
    expect(JSON.stringify(toJson(withType).worlds[0]?.['imports'])).toBe(
      '{"[method]file.read":{"function":{"name":"[method]file.read","kind":{"async-method":0},"params":[],"external_id":"id"}}}',
    );
  });

  it('writes gates with their deprecation', () => {
    const { resolve, iface } = storeWorld();
    iface.stability = { tag: 'unstable', feature: 'f', deprecated: '2.0.0' };
    expect(JSON.stringify(toJson(resolve).interfaces[0]?.['stability'])).toBe(
      '{"unstable":{"feature":"f","deprecated":"2.0.0"}}',
    );
  });

  it('treats names of Object.prototype like any other name', () => {
    const { resolve, iface } = storeWorld();
    for (const name of ['__proto__', 'constructor', 'toString']) {
      iface.functions.set(name, { name, kind: { tag: 'freestanding' }, async: false, params: [] });
    }
    const functions = toJson(resolve).interfaces[0]?.['functions'];
    expect(Object.keys(functions as object)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(JSON.stringify(functions)).toContain('"__proto__":{"name":"__proto__"');
  });

  it('refuses a contract that refers to something it does not list', () => {
    const { resolve } = storeWorld();
    expect(() => toJson({ ...resolve, interfaces: [] })).toThrow(
      'the contract refers to an interface that is not in its list of interfaces',
    );
  });
});

function print(resolve: Resolve): string {
  return JSON.stringify(toJson(resolve), null, 2);
}

function storeWorld(): { resolve: Resolve; world: Mutable<World>; iface: Mutable<Interface> } {
  const pkg: Mutable<Package> = {
    name: { namespace: 'a', name: 'b', version: '1.0.0' },
    interfaces: new Map(),
    worlds: new Map(),
  };
  const iface: Mutable<Interface> = { name: 'store', package: pkg, types: new Map(), functions: new Map() };
  const world: Mutable<World> = {
    name: 'w',
    package: pkg,
    imports: new Map<string, WorldItem>(),
    exports: new Map<string, WorldItem>(),
  };
  pkg.interfaces.set('store', iface);
  pkg.worlds.set('w', world);
  return { resolve: { packages: [pkg], worlds: [world], interfaces: [iface], types: [] }, world, iface };
}
