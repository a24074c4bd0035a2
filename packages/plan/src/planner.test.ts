import { type Component, type CanonOptions, DecodeError, type Definition } from '@wit-ts/component';
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
