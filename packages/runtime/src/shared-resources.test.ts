import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import { engines } from './fixtures/faults-guests.ts';
import { compile, type Imports, instantiate, instantiateSync, LinkError } from './index.ts';

class Rope {
  readonly length = 7;
}
class Mast {
  readonly height = 9;
}
class Anchor {
  readonly weight = 5;
}
function oldClass(this: { weight: number }): void {
  this.weight = 6;
}
class Other extends Rope {}

const tie = (rope: unknown): number => (rope instanceof Rope ? rope.length : 0);
const host: Imports = {
  'test:shared/ropes': { Rope, make: () => new Rope() },
  'test:shared/knots': { tie },
  harbour: { Mast },
  idle: { Anchor },
};

describe.each(engines)('imports that name one resource several times (%s)', async (engine) => {
  const component = await compile(await built('shared-resources'), { engine });

  /** Returns the problems of the host with other imports. */
  function problems(others: Imports): readonly string[] {
    try {
      instantiateSync(component, { ...host, ...others });
      return [];
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      return error.problems.map(
        ({ path, expected, given }) => `${path.join(' › ')}: expected ${expected}, got ${given}`,
      );
    }
  }

  it('are linked if the host gives the class once', () => {
    expect(instantiateSync(component, host)['run']()).toBe(7);
  });

  it('are linked if the host gives the class under every name', () => {
    const all = {
      ...host,
      'test:shared/knots': { Rope, tie },
      'test:shared/lines': { Line: Rope },
      harbour: { Mast, Pole: Mast, deck: { Halyard: Rope, Spar: Mast } },
      cord: { default: Rope },
      bare: {},
    };
    expect(instantiateSync(component, all)['run']()).toBe(7);
  });

  const other = 'expected the class that test:shared/ropes › rope is, got another class';

  it.each<[string, Imports, readonly string[]]>([
    [
      'used by another interface',
      { 'test:shared/knots': { Rope: Other, tie } },
      [`test:shared/knots › rope: ${other}`],
    ],
    [
      'under its name in WIT',
      { 'test:shared/knots': { rope: Other, tie } },
      [`test:shared/knots › rope: ${other}`],
    ],
    [
      'in an interface of types',
      { 'test:shared/lines': { Line: Other } },
      [`test:shared/lines › line: ${other}`],
    ],
    ['of the world', { Cord: Other }, [`cord: ${other}`]],
    ['of the world, in a module', { cord: { default: Other } }, [`cord: ${other}`]],
    [
      'in a nested instance',
      { harbour: { Mast, deck: { Halyard: Mast } } },
      [`harbour › deck › halyard: ${other}`],
    ],
    [
      'within one instance',
      { harbour: { Mast, Pole: Rope, deck: { Spar: Rope } } },
      [
        'harbour › pole: expected the class that harbour › mast is, got another class',
        'harbour › deck › spar: expected the class that harbour › mast is, got another class',
      ],
    ],
    [
      'that is not a class',
      { Cord: new Rope() },
      ['cord: expected the class that test:shared/ropes › rope is, got an object'],
    ],
  ])('are not linked if the host gives another class %s', (_, others, expected) => {
    expect(problems(others)).toEqual(expected);
  });

  it('are not linked if the host gives the class under another name only', () => {
    const withoutRope = {
      'test:shared/ropes': { make: () => new Rope() },
      'test:shared/lines': { Line: Rope },
    };
    expect(problems(withoutRope)).toEqual([
      'test:shared/ropes › rope: expected a class, got nothing',
      'test:shared/lines › line: expected the class that test:shared/ropes › rope is, got another class',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['an arrow function', () => new Anchor(), 'a function that is not a class'],
    [
      'a method',
      {
        anchor() {
          return 1;
        },
      }.anchor,
      'a function that is not a class',
    ],
    ['an object', {}, 'an object'],
  ])('need a class for a resource that no function mentions, not %s', (_, value, given) => {
    expect(problems({ idle: { Anchor: value } })).toEqual([`idle › anchor: expected a class, got ${given}`]);
  });

  it('accept every value that can be a class', () => {
    for (const Class of [Anchor, new Proxy(Anchor, {}), Anchor.bind(null), oldClass])
      expect(problems({ idle: { Anchor: Class } })).toEqual([]);
  });

  it.each<[unknown, readonly string[]]>([
    [undefined, []],
    [Object.create(null), []],
    [() => 1, ['bare: expected an object, got a function']],
    ['text', ['bare: expected an object, got a string']],
    [null, ['bare: expected an object, got null']],
  ])('need an object for an instance, if anything: %j', (bare, expected) => {
    expect(problems({ bare })).toEqual(expected);
  });

  it('say that an interface is a function', async () => {
    const error = thrown(() => instantiateSync(component, { ...host, 'test:shared/knots': tie }));
    expect(error.message).toContain(
      "the value of 'test:shared/knots' is a function; give an object with its members",
    );
    await expect(instantiate(component, { ...host, idle: Anchor })).rejects.toThrow(
      /the value of 'idle' is a function/u,
    );
  });
});
