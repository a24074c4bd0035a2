import { worldOf, type ContractItems } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';

interface Sides {
  readonly imports?: ContractItems;
  readonly exports?: ContractItems;
}

function helps(component: Sides, target: Sides): (string | undefined)[] {
  const world = (sides: Sides) => worldOf({ world: 'a:b/w', imports: {}, exports: {}, ...sides });
  return check({ world: world(component) }, { world: world(target) }).reasons.map(({ help }) => help);
}

const STORE = { functions: { store: 'func(k: string)', retrieve: 'func(k: string) -> string' } };

describe('a missing item that exists one level away', () => {
  it('is found in an interface', () => {
    const [first, second] = helps({ exports: { 'a:b/storage': STORE } }, { exports: STORE.functions });
    expect(first).toContain('the component exports the interface `a:b/storage`, which has `store`');
    expect(second).toContain('which has `retrieve`');
    expect(helps({ exports: { storage: STORE } }, { exports: { store: 'func(k: string)' } })[0]).toContain(
      'the interface `storage`, which has `store`; the world wants the function itself: export `store` directly, or write `export storage: interface { … }` in the world',
    );
    expect(
      helps({ imports: { log: 'func()' } }, { imports: { 'x:y/host': { functions: { log: 'func()' } } } }),
    ).toEqual([
      'the world offers the interface `x:y/host`, which has `log`; the component wants the function itself: import `log` directly, or write `import x:y/host;` in the world',
    ]);
  });

  it('is found among the functions of the world', () => {
    expect(helps({ exports: STORE.functions }, { exports: { 'a:b/storage': STORE } })).toEqual([
      'the component exports the functions `store` and `retrieve` directly; the world wants them in the interface `a:b/storage`',
    ]);
    expect(helps({ imports: { storage: STORE } }, { imports: { store: 'func(k: string)' } })).toEqual([
      'the world offers the function `store` directly; the component wants it in the interface `storage`',
    ]);
  });

  it.each([
    ['storage', 'a:b/storage', 'the inline interface `storage`; the world wants `a:b/storage`'],
    [
      'a:b/storage',
      'storage',
      '`a:b/storage`, an interface of a package; the world wants the inline interface `storage`',
    ],
    [
      'x:y/storage',
      'a:b/storage',
      '`x:y/storage`, an interface of another package; the world wants `a:b/storage`',
    ],
    ['x:y/storage@1.2.0', 'a:b/storage@1.0.0', '`x:y/storage@1.2.0`, an interface of another package'],
  ])('is found as %s for %s', (found, wanted, help) => {
    expect(helps({ exports: { [found]: STORE } }, { exports: { [wanted]: STORE } })[0]).toContain(
      `the component exports ${help}`,
    );
    expect(helps({ imports: { [wanted]: STORE } }, { imports: { [found]: STORE } })[0]).toContain(
      'the world offers ',
    );
  });

  it('is found in another interface, for one of its functions', () => {
    const part = { functions: { store: 'func(k: string)' } };
    const other = { functions: { retrieve: 'func(k: string) -> string' } };
    expect(helps({ exports: { 'a:b/s': part, 'a:b/t': other } }, { exports: { 'a:b/s': STORE } })[0]).toBe(
      'the component exports `retrieve` in the interface `a:b/t`; the world wants it in `a:b/s`',
    );
    expect(
      helps({ exports: { 'a:b/s': part, ...other.functions } }, { exports: { 'a:b/s': STORE } })[0],
    ).toBe(
      'the component exports the function `retrieve` itself; the world wants it in the interface `a:b/s`',
    );
  });

  it('is found on the other side of the world', () => {
    expect(
      helps({ imports: { 'a:b/s': STORE } }, { imports: { 'a:b/s': STORE }, exports: { 'a:b/s': STORE } }),
    ).toEqual(['the component imports `a:b/s`; the world wants the component to export it']);
    expect(helps({ imports: { f: 'func()' } }, { exports: { f: 'func()' } })[0]).toContain(
      'the world exports `f`',
    );
  });

  it('is not mentioned if it does not exist', () => {
    const general = 'export it from the component, or use a world without it';
    expect(helps({ exports: { 'a:b/storage': STORE } }, { exports: { clear: 'func()' } })).toEqual([general]);
    expect(
      helps({ exports: { x: STORE } }, { exports: { 'a:b/y': { functions: { other: 'func()' } } } }),
    ).toEqual([general]);
    // Versions that do not link have a help of their own.
    expect(helps({ exports: { 'a:b/s@1.0.0': STORE } }, { exports: { 'a:b/s@2.0.0': STORE } })[0]).toContain(
      'which does not link with',
    );
  });
});
