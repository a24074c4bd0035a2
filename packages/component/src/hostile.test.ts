import { describe, expect, it } from 'vitest';
import * as b from './fixtures/bytes.ts';
import { expectSafe, useAll } from './fixtures/damage.ts';
import { realComponents } from './fixtures/real.ts';
import { componentWorld, decode, DecodeError, validate } from './index.ts';

/** A component with all kinds of references between its definitions. */
const dense = b.component(
  b.types(
    b.componentType(
      b.declareType(b.instanceType(b.declareExport('r', b.subResource()))),
      b.declareExport('a:b/i', b.instanceOf(0)),
    ),
    b.instanceType(
      b.declareExport('r', b.subResource()),
      b.declareType(b.own(0)),
      b.declareType(b.func([['x', [1]]], [1])),
      b.declareExport('f', b.funcOf(2)),
    ),
  ),
  b.exports(b.exporting('p', b.TYPE, 0)),
  b.imports(b.importing('a:b/i', b.instanceOf(1))),
  b.nested(
    b.types(b.instanceType(b.declareExport('r', b.subResource()))),
    b.imports(b.importing('i', b.instanceOf(0))),
    b.aliases(b.aliasExport(b.TYPE, 0, 'r')),
    b.exports(b.exporting('s', b.TYPE, 1)),
  ),
  b.instances(b.instantiate(0, ['i', b.INSTANCE, 0])),
  b.aliases(b.aliasExport(b.TYPE, 1, 's')),
  b.types(b.borrow(3), b.record(['a', [4]]), b.func([['x', [5]]])),
  b.exports(b.exporting('q', b.INSTANCE, 1)),
);

/** Returns a component that instantiates the outer component `i` a number of times. */
function instantiating(i: number, times: number): b.Bytes {
  const instances = Array.from({ length: times }, () => b.instantiate(0));
  return b.nested(b.aliases(b.aliasOuter(b.COMPONENT, 1, i)), b.instances(...instances));
}

/** Returns types of which each is a tuple of two of the type before it. */
function doubled(): b.Bytes {
  return b.types(b.U8, ...Array.from({ length: 24 }, (_, i) => b.tuple(b.typeIndex(i), b.typeIndex(i))));
}

describe('damaged bytes', () => {
  it('come from a valid component', () => {
    expect(validate(decode(dense))).toEqual([]);
  });

  it('cause a DecodeError or no error', () => {
    expectSafe(dense, 5000);
  });

  it('cause a DecodeError or no error wherever they are cut off', () => {
    for (let length = 0; length < dense.length; length += 1) useAll(dense.subarray(0, length));
  });

  describe.skipIf(realComponents.size === 0)(
    'of real components (skipped if test-components are not built)',
    () => {
      // `hostile.slow.test.ts` damages them in more ways.
      it.each([...realComponents])('cause a DecodeError or no error: %s', (_path, whole) => {
        expectSafe(whole, 10);
      });
    },
  );
});

const named = (name: string): Uint8Array[] => [
  b.component(b.types(b.func([])), b.imports(b.importing(name, b.funcOf(0)))),
  b.component(b.types(b.func([[name, b.U8]]))),
  b.component(b.types(b.record([name, b.U8]), b.variant([name]))),
  b.component(b.types(b.flags(name), b.enumeration(name))),
  b.component(b.types(b.instanceType(b.declareType(b.func([])), b.declareExport(name, b.funcOf(0))))),
];

describe('a hostile component', () => {
  const tooMuch = /too complex|nested more than|levels deep/u;

  function expectRefused(content: Uint8Array): void {
    const component = decode(content);
    expect(validate(component)).toContainEqual(
      expect.objectContaining({ code: 'too-complex', message: expect.stringMatching(tooMuch) }),
    );
    expect(() => componentWorld(component)).toThrow(DecodeError);
  }

  it('may not contain 2^60 instances of nested types', () => {
    const levels: b.Bytes[] = [b.instanceType()];
    for (let i = 1; i < 60; i += 1) {
      levels.push(
        b.instanceType(
          b.declareAlias(b.aliasOuter(b.TYPE, 1, i - 1)),
          b.declareExport('a', b.instanceOf(0)),
          b.declareExport('b', b.instanceOf(0)),
        ),
      );
    }
    expectRefused(b.component(b.types(...levels), b.imports(b.importing('x', b.instanceOf(59)))));
  });

  it('may not contain 2^60 instances of nested components', () => {
    const levels = Array.from({ length: 60 }, (_, i) => instantiating(i, 2));
    expectRefused(b.component(b.nested(), ...levels, b.instances(b.instantiate(60))));
  });

  it('may not contain a chain of ten thousand components', () => {
    const levels = Array.from({ length: 10_000 }, (_, i) => instantiating(i, 1));
    expectRefused(b.component(b.nested(), ...levels, b.instances(b.instantiate(10_000))));
  });

  it('may not contain a chain of ten thousand lists', () => {
    const lists = Array.from({ length: 10_000 }, (_, i) => b.list(b.typeIndex(i)));
    const component = decode(
      b.component(b.types(b.U8, ...lists), b.exports(b.exporting('t', b.TYPE, 10_000))),
    );
    expect(validate(component)).toContainEqual(expect.objectContaining({ code: 'type-too-deep' }));
    expect(() => componentWorld(component)).toThrow(DecodeError);
  });

  it('may compare two equal tuples of 2^24 parts, which takes little work', () => {
    const consumer = b.nested(doubled(), b.imports(b.importing('t', b.typeEq(24))));
    const whole = b.component(doubled(), consumer, b.instances(b.instantiate(0, ['t', b.TYPE, 24])));
    // Each component defines such a type once. No argument is refused.
    const found = validate(decode(whole)).map(({ code, path }) => [code, path]);
    expect(found).toEqual([
      ['type-too-complex', ['type 19']],
      ['type-too-complex', ['component 0', 'type 19']],
    ]);
  });

  it('may not contain a type that contains itself', () => {
    const type = b.instanceType(
      b.declareAlias(b.aliasOuter(b.TYPE, 1, 0)),
      b.declareExport('a', b.instanceOf(0)),
    );
    const component = decode(b.component(b.types(type), b.imports(b.importing('x', b.instanceOf(0)))));
    expect(validate(component)).toEqual([
      expect.objectContaining({ code: 'index-out-of-bounds', path: ['type 0', 'alias of a type'] }),
    ]);
    expect(() => componentWorld(component)).toThrow(/type 0 does not exist/u);
  });

  it('may have names of at most 100,000 bytes, of every kind', () => {
    const long = 'a'.repeat(100_000);
    const longer = `${long}a`;
    for (const bytes of named(long)) expect(validate(decode(bytes))).toEqual([]);
    for (const bytes of named(longer))
      expect(() => decode(bytes)).toThrow('a name has at most 100000 bytes, not 100001');
  });

  it('may have a name of words that are digits, which belong to both cases', () => {
    const words = `a${'-1'.repeat(49_000)}`;
    for (const name of [words, `${words}-aB`, `${words}!`]) {
      const found = validate(decode(b.component(b.types(b.func([[name, b.U8]])))));
      expect(found.map(({ code }) => code)).toEqual(name === words ? [] : ['bad-label']);
    }
  });

  it('may have a chain of thousands of packages', () => {
    const count = 20_000;
    const first = b.instanceType(b.declareType(b.enumeration('x')), b.declareExport('t', b.typeEq(0)));
    const sections = [
      b.types(first),
      b.imports(b.importing('p:x0/i', b.instanceOf(0))),
      b.aliases(b.aliasExport(b.TYPE, 0, 't')),
    ];
    // Each interface uses the type of the interface before it.
    for (let i = 1; i < count; i += 1) {
      const use = b.instanceType(
        b.declareAlias(b.aliasOuter(b.TYPE, 1, 2 * i - 1)),
        b.declareExport('t', b.typeEq(0)),
      );
      sections.push(
        b.types(use),
        b.imports(b.importing(`p:x${i}/i`, b.instanceOf(2 * i))),
        b.aliases(b.aliasExport(b.TYPE, i, 't')),
      );
    }
    const { resolve } = componentWorld(decode(b.component(...sections)));
    expect(resolve.packages).toHaveLength(count + 1);
  });

  it('may use names that every object inherits', () => {
    const names = ['constructor', 'to-string', 'proto'];
    const component = decode(
      b.component(b.types(b.func([])), b.imports(...names.map((name) => b.importing(name, b.funcOf(0))))),
    );
    expect(validate(component)).toEqual([]);
    expect([...componentWorld(component).world.imports.keys()]).toEqual(names);
  });
});
