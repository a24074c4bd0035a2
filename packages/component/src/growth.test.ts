import { describe, expect, it } from 'vitest';
import * as b from './fixtures/bytes.ts';
import { componentWorld, decode, DecodeError, validate } from './index.ts';

const N = 5000;
const each = <T>(make: (index: number) => T): T[] => Array.from({ length: N }, (_, i) => make(i));
const func = b.declareType(b.func([]));
/** An instance type of N functions. */
const wide = b.instanceType(func, ...each((i) => b.declareExport(`fun${i}`, b.funcOf(0))));
const wideRecord = b.record(...each((i) => [`f${i}`, b.U8] as const));

/** Bytes of which thousands refer to one thing that has thousands of parts: N² is asked for by some times N bytes. */
const shapes: Readonly<Record<string, () => Uint8Array>> = {
  'an instance exported under many names': () =>
    b.component(
      b.types(wide),
      b.imports(b.importing('i', b.instanceOf(0))),
      b.exports(...each((i) => b.exporting(`e${i}`, b.INSTANCE, 0))),
    ),
  'an instance type imported under many names': () =>
    b.component(b.types(wide), b.imports(...each((i) => b.importing(`i${i}`, b.instanceOf(0))))),
  'a function of many parameters imported under many names': () =>
    b.component(
      b.types(b.func(each((i) => [`p${i}`, b.U8] as const))),
      b.imports(...each((i) => b.importing(`f${i}`, b.funcOf(0)))),
    ),
  'a record exported under many names': () =>
    b.component(b.types(wideRecord), b.exports(...each((i) => b.exporting(`r${i}`, b.TYPE, 0)))),
  'a name of a name of a name': () =>
    b.component(b.types(wideRecord), b.exports(...each((i) => b.exporting(`r${i}`, b.TYPE, i)))),
  'many instances of a component that takes much': () =>
    b.component(
      b.types(wide),
      b.imports(b.importing('i', b.instanceOf(0))),
      b.nested(b.types(wide), b.imports(b.importing('i', b.instanceOf(0)))),
      b.instances(...each(() => b.instantiate(0, ['i', b.INSTANCE, 0]))),
    ),
  'a type compared with its like in many instances': () =>
    b.component(
      b.types(wideRecord),
      b.nested(b.types(wideRecord), b.imports(b.importing('t', b.typeEq(0)))),
      b.instances(...each(() => b.instantiate(0, ['t', b.TYPE, 0]))),
    ),
  'functions of a tuple of many': () =>
    b.component(
      b.types(b.tuple(...each(() => b.U8)), ...each(() => b.func([['x', b.at(0)]]))),
      b.imports(...each((i) => b.importing(`f${i}`, b.funcOf(1 + i)))),
    ),
  'many names that nothing has': () =>
    b.component(
      b.types(wide),
      b.imports(b.importing('i', b.instanceOf(0))),
      b.aliases(...each((i) => b.aliasExport(b.FUNC, 0, `funx${i}`))),
    ),
};

describe('bytes that ask for the square of their length', () => {
  // What took a time that grows with it took minutes, or all memory.
  it.each(Object.entries(shapes))('%s', (_, make) => {
    const component = decode(make());
    expect(validate(component).length).toBeLessThanOrEqual(N);
    try {
      const { resolve } = componentWorld(component);
      expect(resolve.types.length + resolve.interfaces.length).toBeLessThan(10 * N);
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError);
    }
  });

  it('counts what is done, not what is written: a wide component is fine', () => {
    const component = decode(
      b.component(
        b.types(wide, wideRecord, b.func([])),
        b.imports(b.importing('i', b.instanceOf(0)), ...each((i) => b.importing(`f${i}`, b.funcOf(2)))),
        b.exports(b.exporting('r', b.TYPE, 1), b.exporting('e', b.INSTANCE, 0)),
      ),
    );
    expect(validate(component)).toEqual([]);
    expect(componentWorld(component).world.imports.size).toBe(N + 1);
  });
});
