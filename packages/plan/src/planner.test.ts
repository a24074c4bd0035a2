import {
  type Component,
  type CanonOptions,
  type Declaration,
  DecodeError,
  type Definition,
} from '@wit-ts/component';
import { describe, expect, it } from 'vitest';
import { plan } from './plan-explained.ts';

type WithoutOffset = Definition extends infer D ? (D extends unknown ? Omit<D, 'offset'> : never) : never;

function component(...definitions: readonly WithoutOffset[]): Component {
  return {
    offset: 0,
    definitions: definitions.map((definition, i) => ({ ...definition, offset: i + 8 }) as Definition),
    customSections: [],
  };
}

const module = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const options: CanonOptions = { stringEncoding: 'utf8', async: false };
const instantiateFirst: WithoutOffset = {
  tag: 'core-instance',
  instance: { tag: 'instantiate', module: 0, args: [] },
};
const noArguments: WithoutOffset = { tag: 'type', type: { tag: 'func', async: false, params: [] } };
const named = (name: string) => ({ name });

describe('plan', () => {
  it('lists the steps of an instance, and exports that refer to lifts', () => {
    const flat = plan(
      component(
        { tag: 'core-module', bytes: module },
        instantiateFirst,
        { tag: 'alias', alias: { tag: 'core-export', sort: 'func', instance: 0, name: 'run' } },
        noArguments,
        { tag: 'canon', canon: { tag: 'lift', coreFunc: 0, options, type: 0 } },
        { tag: 'export', name: named('run'), sort: 'func', index: 0 },
      ),
    );
    expect(flat.steps).toEqual([
      { tag: 'instantiate-core', module: { tag: 'module', index: 0 }, instance: 0, args: [], into: 0 },
    ]);
    expect(flat.lifts[0]?.core).toEqual({ tag: 'export', instance: 0, name: 'run' });
    expect(flat.exports.get('run')).toMatchObject({ tag: 'func', func: { tag: 'lift', index: 0 } });
  });

  it('inlines a nested component and replaces its import by the argument', () => {
    const shim = component(
      noArguments,
      { tag: 'import', name: named('f'), type: { tag: 'func', type: 0 } },
      { tag: 'export', name: named('g'), sort: 'func', index: 0 },
    );
    const flat = plan(
      component(
        noArguments,
        { tag: 'import', name: named('host-f'), type: { tag: 'func', type: 0 } },
        { tag: 'component', component: shim },
        {
          tag: 'instance',
          instance: { tag: 'instantiate', component: 0, args: [{ name: 'f', sort: 'func', index: 0 }] },
        },
        { tag: 'export', name: named('a:b/c'), sort: 'instance', index: 0 },
      ),
    );
    expect(flat.imports.map(({ path }) => path)).toEqual([['host-f']]);
    const exported = flat.exports.get('a:b/c');
    expect(exported).toMatchObject({ tag: 'instance' });
    expect(exported?.tag === 'instance' && exported.exports.get('g')).toMatchObject({
      func: { tag: 'import', import: 0 },
    });
    expect(flat.instances).toEqual([
      { parent: undefined, name: '' },
      { parent: 0, name: 'instance 0' },
    ]);
  });

  it('has a new resource type for each instantiation, but each module once', () => {
    const inner = component(
      { tag: 'core-module', bytes: module },
      instantiateFirst,
      { tag: 'type', type: { tag: 'resource', rep: 'i32' } },
      { tag: 'export', name: named('thing'), sort: 'type', index: 0 },
    );
    const again: WithoutOffset = {
      tag: 'instance',
      instance: { tag: 'instantiate', component: 0, args: [] },
    };
    const flat = plan(component({ tag: 'component', component: inner }, again, again));
    expect(flat.modules).toHaveLength(1);
    expect(flat.resources.map(({ tag, name }) => [tag, name])).toEqual([
      ['guest', 'thing'],
      ['guest', 'thing'],
    ]);
    expect(flat.resources[0]?.type).not.toBe(flat.resources[1]?.type);
  });

  it('lists the items of an imported instance, including resources', () => {
    const flat = plan(
      component(
        {
          tag: 'type',
          type: {
            tag: 'instance',
            declarations: [
              {
                tag: 'export',
                offset: 1,
                name: named('file'),
                type: { tag: 'type', bound: { tag: 'sub-resource' } },
              },
              { tag: 'type', offset: 2, type: { tag: 'borrow', resource: 0 } },
              {
                tag: 'type',
                offset: 3,
                type: { tag: 'func', async: false, params: [{ name: 'self', type: 1 }] },
              },
              { tag: 'export', offset: 4, name: named('[method]file.sync'), type: { tag: 'func', type: 2 } },
            ],
          },
        },
        { tag: 'import', name: named('a:b/fs'), type: { tag: 'instance', type: 0 } },
      ),
    );
    expect(flat.imports.map(({ path, item }) => [path.join(' '), item.tag])).toEqual([
      ['a:b/fs file', 'resource'],
      ['a:b/fs [method]file.sync', 'func'],
    ]);
  });

  it.each([
    ['a core module', component(instantiateFirst)],
    ['a function', component({ tag: 'export', name: named('f'), sort: 'func', index: 3 })],
    [
      'an outer scope',
      component({ tag: 'alias', alias: { tag: 'outer', sort: 'type', count: 9, index: 0 } }),
    ],
    [
      'an instance',
      component({ tag: 'alias', alias: { tag: 'export', sort: 'func', instance: 0, name: 'f' } }),
    ],
  ])('reports the byte of an index that does not exist: %s', (_, bad) => {
    expect(() => plan(bad)).toThrow(DecodeError);
    expect(() => plan(bad)).toThrow(/at byte 0x8/u);
  });

  it('refuses a component that unfolds to too many instances', () => {
    let nested = component(noArguments);
    for (let i = 0; i < 40; i += 1) {
      const twice: WithoutOffset = {
        tag: 'instance',
        instance: { tag: 'instantiate', component: 0, args: [] },
      };
      nested = component({ tag: 'component', component: nested }, twice, twice);
    }
    expect(() => plan(nested)).toThrow(/unfold to more than/u);
  });

  describe('of a component whose parts are instantiated again and again', () => {
    let reads = 0;
    /** Counts the reads of a list's elements, which are the work done for them. */
    function counted<T>(list: readonly T[]): readonly T[] {
      return new Proxy(list, {
        get(target, key) {
          if (typeof key === 'string' && /^\d+$/u.test(key)) reads += 1;
          return Reflect.get(target, key) as unknown;
        },
      });
    }
    function countedComponent(...definitions: readonly WithoutOffset[]): Component {
      const made = component(...definitions);
      return { ...made, definitions: counted(made.definitions) };
    }
    const instantiation: WithoutOffset = {
      tag: 'instance',
      instance: { tag: 'instantiate', component: 0, args: [] },
    };
    /** Instantiates a component `width` times on each of a number of levels. */
    function unfolded(leaf: Component, levels: number, width: number): Component {
      let nested = leaf;
      for (let i = 0; i < levels; i += 1) {
        const instances = Array.from({ length: width }, () => instantiation);
        nested = countedComponent({ tag: 'component', component: nested }, ...instances);
      }
      return nested;
    }
    const many = <T>(each: (i: number) => T): readonly T[] =>
      counted(Array.from({ length: 1000 }, (_, i) => each(i)));
    const resource: WithoutOffset = { tag: 'type', type: { tag: 'resource', rep: 'i32' } };
    const fields = many((i) => ({ name: `f${i}`, type: 'u8' as const }));
    const moduleDefinition: WithoutOffset = { tag: 'core-module', bytes: module };
    const run: WithoutOffset = {
      tag: 'alias',
      alias: { tag: 'core-export', sort: 'func', instance: 0, name: 'run' },
    };
    const group: WithoutOffset = {
      tag: 'core-instance',
      instance: {
        tag: 'exports',
        exports: many((i) => ({ name: `f${i}`, sort: 'func' as const, index: 0 })),
      },
    };
    const withArguments: WithoutOffset = {
      tag: 'core-instance',
      instance: { tag: 'instantiate', module: 0, args: many((i) => ({ name: `m${i}`, instance: 0 })) },
    };
    let declarations: readonly Declaration[] = [];
    for (let i = 0; i < 30; i += 1) {
      const exported = { offset: 2, tag: 'export', type: { tag: 'instance', type: 0 } } as const;
      declarations = counted([
        { offset: 1, tag: 'type', type: { tag: 'instance', declarations } },
        { ...exported, name: named('a') },
        { ...exported, name: named('b') },
      ]);
    }

    it.each([
      ['two empty instances on 40 levels', unfolded(countedComponent(), 40, 2)],
      ['forty empty instances on four levels', unfolded(countedComponent(), 4, 40)],
      ['resources', unfolded(countedComponent(...Array.from({ length: 100 }, () => resource)), 30, 2)],
      ['a large record', unfolded(countedComponent({ tag: 'type', type: { tag: 'record', fields } }), 30, 2)],
      [
        'a group of core exports',
        unfolded(countedComponent(moduleDefinition, instantiateFirst, run, group), 30, 2),
      ],
      [
        'arguments of core modules',
        unfolded(countedComponent(moduleDefinition, instantiateFirst, withArguments), 30, 2),
      ],
      [
        'instance types in instance types',
        component(
          { tag: 'type', type: { tag: 'instance', declarations } },
          { tag: 'import', name: named('a:b/c'), type: { tag: 'instance', type: 0 } },
        ),
      ],
    ])('refuses it after little work: %s', (_, hostile) => {
      reads = 0;
      expect(() => plan(hostile)).toThrow(/unfold to more than 20000/u);
      expect(reads).toBeGreaterThan(15_000);
      expect(reads).toBeLessThan(60_000);
    });

    it('accepts as many definitions when each is evaluated once', () => {
      const types = Array.from({ length: 50_000 }, () => noArguments);
      expect(
        plan(component({ tag: 'component', component: component(...types) }, instantiation)).steps,
      ).toEqual([]);
    });

    it('reads the names of instances once for all instances of a component', () => {
      let parsed = 0;
      const names = {
        offset: 0,
        name: 'component-name',
        get bytes() {
          parsed += 1;
          return new Uint8Array();
        },
      };
      const body = component({ tag: 'component', component: component() }, instantiation);
      const inner: Component = { ...body, customSections: [names] };
      expect(plan(unfolded(inner, 6, 2)).instances).toHaveLength(191);
      expect(parsed).toBe(1);
    });
  });

  it('refuses components that are nested too deeply', () => {
    let nested = component(noArguments);
    for (let i = 0; i < 200; i += 1) {
      const once: WithoutOffset = {
        tag: 'instance',
        instance: { tag: 'instantiate', component: 0, args: [] },
      };
      nested = component({ tag: 'component', component: nested }, once);
    }
    expect(() => plan(nested)).toThrow(/nested more than/u);
  });
});
