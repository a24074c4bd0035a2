import { type Component, type Declaration, type Definition, DecodeError } from '@wit-ts/component';
import { describe, expect, it } from 'vitest';
import { type Adopt, plan, type PlanComponent } from '../index.ts';
import { ForeignSpaces, componentShapeOf } from './index.ts';

type WithoutOffset<T> = T extends unknown ? Omit<T, 'offset'> : never;

function component(...definitions: readonly WithoutOffset<Definition>[]): Component {
  const placed = definitions.map((definition, i) => ({ ...definition, offset: i + 8 }) as Definition);
  return { offset: 0, definitions: placed, customSections: [] };
}

const named = (name: string) => ({ name });
const noArguments: WithoutOffset<Definition> = {
  tag: 'type',
  type: { tag: 'func', async: false, params: [] },
};
const declarations = [
  { tag: 'type', offset: 1, type: { tag: 'func', async: false, params: [] } },
  { tag: 'import', offset: 2, name: named('f'), type: { tag: 'func', type: 0 } },
  { tag: 'export', offset: 3, name: named('g'), type: { tag: 'func', type: 0 } },
  { tag: 'export', offset: 4, name: named('r'), type: { tag: 'type', bound: { tag: 'sub-resource' } } },
] as const satisfies readonly Declaration[];

/** Imports a component and a function, instantiates the component with the function, and exports the instance. */
const outer = component(
  { tag: 'type', type: { tag: 'component', declarations } },
  { tag: 'import', name: named('c'), type: { tag: 'component', type: 0 } },
  noArguments,
  { tag: 'import', name: named('f'), type: { tag: 'func', type: 1 } },
  {
    tag: 'instance',
    instance: { tag: 'instantiate', component: 0, args: [{ name: 'f', sort: 'func', index: 0 }] },
  },
  { tag: 'export', name: named('all'), sort: 'instance', index: 0 },
);

const given = component(
  noArguments,
  { tag: 'import', name: named('f'), type: { tag: 'func', type: 0 } },
  { tag: 'export', name: named('g'), sort: 'func', index: 0 },
  { tag: 'type', type: { tag: 'resource', rep: 'i32' } },
  { tag: 'export', name: named('r'), sort: 'type', index: 1 },
);

describe('the plan of a component that imports a component', () => {
  it('lists what the host supplies, and the exports by their declared types', () => {
    const flat = plan(outer);
    expect(flat.higherOrder).toBe(true);
    expect(flat.imports.map(({ path, item }) => [path.join(' '), item.tag])).toEqual([
      ['c', 'component'],
      ['f', 'func'],
    ]);
    const all = flat.exports.get('all');
    const tags = all?.tag === 'instance' ? Array.from(all.exports, ([name, { tag }]) => [name, tag]) : [];
    expect(tags).toEqual([
      ['g', 'func'],
      ['r', 'resource'],
    ]);
  });

  it('contains the imported component once that is known', () => {
    const flat = plan(outer, () => ({
      enclosing: undefined,
      component: (path) => (path[0] === 'c' ? { component: given, enclosing: undefined } : undefined),
    }));
    expect(flat.imports.map(({ path }) => path)).toEqual([['f']]);
    expect(flat.instances.map(({ parent }) => parent)).toEqual([undefined, 0]);
    const all = flat.exports.get('all');
    expect(all?.tag === 'instance' && all.exports.get('g')).toMatchObject({
      func: { tag: 'import', import: 0 },
    });
    expect(flat.resources).toMatchObject([{ tag: 'guest', instance: 1 }]);
  });

  it('describes the type of the imported component, if that is not too large', () => {
    const [imported] = plan(outer).imports;
    const declared = imported?.item.tag === 'component' ? imported.item.declared : undefined;
    const shape = componentShapeOf(declared!);
    expect([...shape!.imports.keys(), ...shape!.exports.keys()]).toEqual(['f', 'g', 'r']);
    expect(shape!.exports.get('r')).toEqual({ tag: 'resource' });
    const large = Array.from({ length: 20_000 }, (_, i) => ({ ...declarations[3], name: named(`r${i}`) }));
    expect(componentShapeOf({ ...declared!, declarations: large })).toBeUndefined();
  });
});

const alias = (sort: 'type' | 'core module' | 'func'): WithoutOffset<Definition> => ({
  tag: 'alias',
  alias: { tag: 'outer', sort, count: 1, index: 0 },
});

describe('a component of another plan', () => {
  const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  /** Returns the plan of `inner`, which a component exports that has the definitions `before` in front of it. */
  function planOf(inner: Component, ...before: readonly WithoutOffset<Definition>[]) {
    const flat = plan(
      component(
        ...before,
        { tag: 'component', component: inner },
        { tag: 'export', name: named('inner'), sort: 'component', index: 0 },
      ),
    );
    const exported = flat.exports.get('inner') as PlanComponent;
    const origin = {
      enclosing: exported.enclosing!,
      moduleOf: (ref: { tag: string; index?: number }) =>
        ref.tag === 'module' ? flat.modules[ref.index!]! : compiled,
    };
    const adopt: Adopt = (modules) => ({
      enclosing: new ForeignSpaces(origin, modules),
      component: () => undefined,
    });
    return plan(exported.component, adopt);
  }

  const compiled = { module: {} };
  const starts: WithoutOffset<Definition> = {
    tag: 'core-instance',
    instance: { tag: 'instantiate', module: 0, args: [] },
  };

  it('uses core modules of the enclosing component', () => {
    const flat = planOf(component(alias('core module'), starts), { tag: 'core-module', bytes });
    expect(flat.modules).toEqual([bytes]);
    const imported = planOf(
      component(alias('core module'), starts),
      { tag: 'core-type', type: { tag: 'module', declarations: [] } },
      { tag: 'import', name: named('m'), type: { tag: 'core-module', type: 0 } },
    );
    expect(imported.imports.map(({ item }) => item)).toEqual([{ tag: 'known', value: compiled }]);
    expect(imported.steps).toMatchObject([{ module: { tag: 'import', import: 0 } }]);
  });

  it('uses types of the enclosing component, but none with resources, which belong to an instance', () => {
    const list: WithoutOffset<Definition> = { tag: 'type', type: { tag: 'list', element: 'u8' } };
    expect(planOf(component(alias('type')), list).steps).toEqual([]);
    const resource: WithoutOffset<Definition> = { tag: 'type', type: { tag: 'resource', rep: 'i32' } };
    expect(() => planOf(component(alias('type')), resource)).toThrow(DecodeError);
    expect(() => planOf(component(alias('type')), resource)).toThrow(
      /a type with resources of another component/u,
    );
    expect(() =>
      planOf(
        component({ tag: 'alias', alias: { tag: 'outer', sort: 'type', count: 1, index: 1 } }),
        resource,
        {
          tag: 'type',
          type: { tag: 'own', resource: 0 },
        },
      ),
    ).toThrow(/a type with resources/u);
  });

  it('cannot use functions of the enclosing component', () => {
    const f: WithoutOffset<Definition> = { tag: 'import', name: named('f'), type: { tag: 'func', type: 0 } };
    expect(() => planOf(component(alias('func')), noArguments, f)).toThrow(/a func cannot be aliased/u);
  });
});
