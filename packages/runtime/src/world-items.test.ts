import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import { engines } from './fixtures/faults-guests.ts';
import { compile, type Imports, instantiateSync, Trap } from './index.ts';

class BigFile {
  readonly size: number;
  constructor(size: number) {
    this.size = size;
  }
  readAll(): number {
    return this.size;
  }
  static howMany(): number {
    return 3;
  }
}

const trace = (): void => undefined;
const double = (number: number): number => number * 2;

describe.each(engines)('an item of the world (%s)', async (engine) => {
  const component = await compile(await built('world-items'), { engine });

  it.each<[string, Imports]>([
    ['in JavaScript', { logLine: double, BigFile }],
    ['in WIT', { 'log-line': double, 'big-file': BigFile }],
    ['as the default of modules', { 'log-line': { default: double }, 'big-file': { default: BigFile } }],
    [
      'as the default of modules in camel case',
      { logLine: { default: double }, BigFile: { default: BigFile } },
    ],
  ])('is found under its name %s', (_, imports) => {
    for (const options of [{}, { trace }]) {
      const guest = instantiateSync(component, imports, options);
      expect([guest['log'](4), guest['read'](9), guest['count']()]).toEqual([8, 9, 3]);
      expect(guest['readGiven'](new BigFile(5))).toBe(5);
    }
  });

  const statics = { howMany: () => 3 };
  const classes: readonly (readonly [string, unknown])[] = [
    [
      'in a class field',
      Object.assign(
        class {
          readAll: () => number;
          constructor(size: number) {
            this.readAll = () => size;
          }
        },
        statics,
      ),
    ],
    [
      'that a getter returns',
      Object.assign(
        class {
          readonly #size: number;
          constructor(size: number) {
            this.#size = size;
          }
          get readAll() {
            const size = this.#size;
            return () => size;
          }
        },
        statics,
      ),
    ],
    ['of a superclass', class extends BigFile {}],
    ['behind a proxy of the class', new Proxy(BigFile, {})],
    [
      'of proxies',
      Object.assign(
        new Proxy(BigFile, {
          construct: (_, [size]) =>
            new Proxy(new BigFile(0), {
              get: (target, key) => (key === 'readAll' ? () => size as number : Reflect.get(target, key)),
            }),
        }),
        {},
      ),
    ],
    [
      'assigned by the constructor',
      Object.assign(function File(this: { readAll: () => number }, size: number) {
        this.readAll = () => size;
      }, statics),
    ],
    [
      'on a prototype without a class',
      Object.assign(
        function File(this: { size: number }, size: number) {
          this.size = size;
        },
        statics,
        {
          prototype: {
            readAll() {
              return (this as unknown as { size: number }).size;
            },
          },
        },
      ),
    ],
  ];

  it.each(classes)('may be a class with its methods %s', (_, Class) => {
    for (const options of [{}, { trace }]) {
      const guest = instantiateSync(component, { logLine: double, BigFile: Class }, options);
      expect([guest['read'](9), guest['count']()]).toEqual([9, 3]);
    }
  });

  it.each<[string, unknown]>([
    [
      'nothing',
      class {
        readonly size = 1;
        static howMany() {
          return 0;
        }
      },
    ],
    [
      'something else',
      class {
        readonly readAll = 7;
        static howMany() {
          return 0;
        }
      },
    ],
  ])('is checked at the call if its objects have %s for a method', (_, Class) => {
    for (const options of [{}, { trace }]) {
      const guest = instantiateSync(component, { logLine: double, BigFile: Class }, options);
      const error = thrown(() => guest['read'](9));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain(
        '[method]big-file.read-all: expected a class whose objects have the method readAll, got ',
      );
      expect(thrown(() => guest['count']()).message).toContain('it failed before');
    }
  });

  it('does not blame the class for a method that is missing inside a method', () => {
    class Broken extends BigFile {
      override readAll(): number {
        return (undefined as unknown as { gone(): number }).gone();
      }
    }
    const guest = instantiateSync(component, { logLine: double, BigFile: Broken });
    const error = thrown(() => guest['read'](9));
    expect(error).toBeInstanceOf(Trap);
    expect(error.message).toContain("the host's function threw");
  });

  it('is a class, and not a function or an object without one', () => {
    for (const wrong of [() => 1, {}, { default: () => 1 }, null])
      expect(() => instantiateSync(component, { logLine: double, BigFile: wrong })).toThrow(
        'big-file: expected a class, got ',
      );
  });
});
