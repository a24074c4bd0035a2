import { describe, expect, it } from 'vitest';
import { resolveOrThrow, selectWorld } from './index.ts';

const text = `package a:b;
world first {}
world second {}
package c:d@1.0.0 { world third {} }
package c:d@2.0.0 { world third {} world fourth {} }`;

function select(name?: string, source = text): string {
  const { resolve, package: main } = resolveOrThrow(source);
  const { value, diagnostics } = selectWorld(resolve, main!, name);
  return (
    value?.name ?? diagnostics.map(({ code, message, help }) => `${code}: ${message} (${help ?? ''})`).join()
  );
}

describe('selectWorld', () => {
  it.each([
    ['first', 'first'],
    ['a:b/second', 'second'],
    ['c:d/third@2.0.0', 'third'],
    ['c:d/fourth', 'fourth'],
  ])('%s', (name, world) => {
    expect(select(name)).toBe(world);
  });

  it('needs no name if there is only one world', () => {
    expect(select(undefined, 'package a:b; world only {}')).toBe('only');
  });

  it.each([
    [undefined, 'ambiguous-world: package `a:b` has several worlds (choose one of `first`, `second`)'],
    ['frist', 'unknown-world: package `a:b` has no world `frist` (did you mean `first`?)'],
    [
      'c:d/third',
      'ambiguous-world: several worlds match `c:d/third` (choose one of `c:d/third@1.0.0`, `c:d/third@2.0.0`, `c:d/fourth@2.0.0`)',
    ],
    [
      'c:d/thirds@1.0.0',
      'unknown-world: world `c:d/thirds@1.0.0` was not found (did you mean `c:d/third@1.0.0`?)',
    ],
    [
      'constructor',
      'unknown-world: package `a:b` has no world `constructor` (choose one of `first`, `second`)',
    ],
  ])('reports why %s selects no world', (name, expected) => {
    expect(select(name)).toBe(expected);
  });

  it('reports that there is no world', () => {
    expect(select(undefined, 'package a:b;')).toBe(
      'no-world: package `a:b` has no world (add one: `world name { … }`)',
    );
  });
});
