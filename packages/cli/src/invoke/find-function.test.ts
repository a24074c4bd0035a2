import { worldOf } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { findFunction } from './find-function.ts';

const WORLD = worldOf({
  world: 'w',
  imports: {},
  exports: {
    'a:b/one@1.0.0': {
      types: { r: 'resource' },
      functions: { go: 'func()', only: 'func()', 'get-URL': 'func()', '[method]r.m': 'func()' },
    },
    'a:b/two': { functions: { go: 'func()', run: 'func()' } },
    run: 'func()',
    // oxlint-disable-next-line unicorn/no-thenable -- it is a name of WIT
    then: 'func()',
  },
});

describe('findFunction', () => {
  it.each([
    ['run', undefined],
    ['two.run', 'a:b/two'],
    ['only', 'a:b/one@1.0.0'],
    ['one.go', 'a:b/one@1.0.0'],
    ['a:b/one.go', 'a:b/one@1.0.0'],
    ['a:b/one@1.0.0.go', 'a:b/one@1.0.0'],
    ['a:b/one@1.0.0#go', 'a:b/one@1.0.0'],
  ])('%s', (name, key) => {
    expect(findFunction(WORLD, name).key).toBe(key);
  });

  it.each([
    ['run', ['run']],
    ['two.run', ['a:b/two', 'run']],
    ['then', ['then$1']],
    ['get-URL', ['a:b/one@1.0.0', 'getUrl']],
  ])('gives the properties that lead to %s', (name, path) => {
    expect(findFunction(WORLD, name).path).toEqual(path);
  });

  it.each([
    ['go', 'several functions have the name `go`', 'choose one: `a:b/one@1.0.0.go`, `a:b/two.go`'],
    ['onyl', 'no function `onyl`', 'did you mean `only`?'],
    ['m', 'no function `m`', 'it exports `run`, `then`, `a:b/one@1.0.0.go`'],
    ['', '`--invoke` names no function', 'it exports `run`, `then`, `a:b/one@1.0.0.go`'],
  ])('refuses %s', (name, message, help) => {
    expect(() => findFunction(WORLD, name)).toThrow(message);
    expect(() => findFunction(WORLD, name)).toThrow(
      expect.objectContaining({ help: expect.stringContaining(help) }),
    );
  });
});
