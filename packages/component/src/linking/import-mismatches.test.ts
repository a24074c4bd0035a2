import { describe, expect, it } from 'vitest';
import type { Component, Declaration, Definition, DefType } from '../ast.ts';
import { type ComponentValue, importMismatches, moduleTypes } from './index.ts';

type WithoutOffset<T> = T extends unknown ? Omit<T, 'offset'> : never;

function component(...definitions: readonly WithoutOffset<Definition>[]): Component {
  const placed = definitions.map((definition, i) => ({ ...definition, offset: i + 8 }) as Definition);
  return { offset: 0, definitions: placed, customSections: [] };
}

function declared(...declarations: readonly WithoutOffset<Declaration>[]): { tag: 'type'; type: DefType } {
  const placed = declarations.map((declaration) => ({ ...declaration, offset: 1 }) as Declaration);
  return { tag: 'type', type: { tag: 'component', declarations: placed } };
}

const named = (name: string) => ({ name });
const func: { tag: 'type'; type: DefType } = { tag: 'type', type: { tag: 'func', async: false, params: [] } };
const importOf = (name: string, type: number): WithoutOffset<Definition & Declaration> => ({
  tag: 'import',
  name: named(name),
  type: { tag: 'func', type },
});
const exportOf = (name: string): WithoutOffset<Declaration> => ({
  tag: 'export',
  name: named(name),
  type: { tag: 'func', type: 0 },
});

/** Imports a component that imports `f` and exports `g`. */
const wants = component(declared(func, importOf('f', 0), exportOf('g')), {
  tag: 'import',
  name: named('c'),
  type: { tag: 'component', type: 0 },
});

/** Returns a component that imports functions and exports the first of them. */
function passing(imports: readonly string[], exported: string): Component {
  return component(func, ...imports.map((name) => importOf(name, 0)), {
    tag: 'export',
    name: named(exported),
    sort: 'func',
    index: 0,
  });
}

function check(value: Component, given: ComponentValue | undefined): string[] {
  const found = importMismatches({ component: value }, { component: () => given, module: () => undefined });
  return found.flatMap(({ path, differences }) => differences.map((each) => `${path.join('/')}: ${each}`));
}

describe('the argument for an imported component', () => {
  it('may import less and export more', () => {
    expect(check(wants, { component: passing(['f'], 'g') })).toEqual([]);
    expect(check(wants, { component: passing(['f', 'h'], 'g') })).toEqual([
      'c: import `h`: no argument is given for it',
    ]);
    expect(check(wants, { component: passing(['f'], 'other') })).toEqual(['c: export `g`: it is missing']);
    expect(check(wants, undefined)).toEqual([]);
  });

  it('has the type with which it was exported', () => {
    const inner = passing(['f'], 'g');
    const outer = (type: WithoutOffset<Definition>): ComponentValue => ({
      component: component(
        type,
        { tag: 'component', component: inner },
        {
          tag: 'export',
          name: named('inner'),
          sort: 'component',
          index: 0,
          type: { tag: 'component', type: 0 },
        },
      ),
    });
    const full = outer(declared(func, importOf('f', 0), exportOf('g')));
    const less = outer(declared(func, importOf('f', 0)));
    const exportedAt = (value: ComponentValue, path: readonly string[]): ComponentValue => ({
      component: inner,
      origin: { outer: value, path },
    });
    expect(check(wants, exportedAt(full, ['inner']))).toEqual([]);
    expect(check(wants, exportedAt(less, ['inner']))).toEqual(['c: export `g`: it is missing']);
    expect(check(wants, exportedAt(full, ['nothing']))).toEqual(['c: its type is faulty']);
  });

  it('is refused when the comparison takes too long', () => {
    const doubling = (depth: number): WithoutOffset<Declaration>[] =>
      depth === 0
        ? [{ tag: 'export', name: named('r'), type: { tag: 'type', bound: { tag: 'sub-resource' } } }]
        : [
            declared(...doubling(depth - 1)),
            ...['a', 'b'].map((name): WithoutOffset<Declaration> => ({
              tag: 'export',
              name: named(name),
              type: { tag: 'component', type: 0 },
            })),
            { tag: 'import', name: named('c'), type: { tag: 'component', type: 0 } },
          ];
    const type = declared(...doubling(20));
    const imported: WithoutOffset<Definition> = {
      tag: 'import',
      name: named('c'),
      type: { tag: 'component', type: 0 },
    };
    const given = component(
      declared(...doubling(19)),
      imported,
      { tag: 'export', name: named('a'), sort: 'component', index: 0 },
      { tag: 'export', name: named('b'), sort: 'component', index: 0 },
    );
    expect(check(component(type, imported), { component: given })).toEqual([
      expect.stringMatching(/^c: the component is too complex/u),
    ]);
  });
});

describe('the argument for an imported core module', () => {
  const wantsModule = component(
    {
      tag: 'core-type',
      type: {
        tag: 'module',
        declarations: [
          { tag: 'type', type: { tag: 'func', params: ['i32'], results: [] } },
          { tag: 'import', module: 'env', name: 'f', type: { tag: 'func', type: 0 } },
          { tag: 'export', name: 'g', type: { tag: 'func', type: 0 } },
        ],
      },
    },
    { tag: 'import', name: named('m'), type: { tag: 'core-module', type: 0 } },
  );

  it.each<[string, string | undefined, string | undefined, string | undefined, readonly string[]]>([
    ['the same names', 'f', 'g', 'function', []],
    ['no imports', undefined, 'g', 'function', []],
    [
      'another import',
      'h',
      'g',
      'function',
      ['core import `env` `h`: the module imports it, but the type does not declare it'],
    ],
    ['another export', 'f', 'h', 'function', ['core export `g`: it is missing']],
    ['another kind', 'f', 'g', 'memory', ['core export `g`: expected a func, found a memory']],
  ])('is compared by names and kinds: %s', (_, imported, exported, kind, differences) => {
    const names = {
      imports: imported === undefined ? [] : [{ module: 'env', name: imported, kind: 'function' }],
      exports: [{ name: exported!, kind: kind! }],
    };
    const found = importMismatches(
      { component: wantsModule },
      { component: () => undefined, module: () => names },
    );
    expect(found.flatMap((each) => each.differences)).toEqual(differences);
  });

  it('has a declared type with signatures', () => {
    const type = moduleTypes({ component: wantsModule }).get('["m"]');
    expect(type?.exports.get('g')).toEqual({
      tag: 'func',
      type: { tag: 'func', params: ['i32'], results: [] },
    });
  });
});
