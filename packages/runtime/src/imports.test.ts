import { thrown } from '@wit-ts/dev-support/thrown';
import { setImmediate as macrotask } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import type { PlanImport } from '@wit-ts/plan';
import { describe, expect, it } from 'vitest';
import { counters, engines } from './fixtures/faults-guests.ts';
import type { Imports } from './imports.ts';
import { LinkError } from './link-error.ts';
import { linkImports } from './import-problems.ts';

type AnyFunction = (...args: readonly unknown[]) => unknown;

const type = { async: false, params: [] };

function func(...path: readonly string[]): PlanImport {
  return { path, item: { tag: 'func', type } };
}

function resource(...path: readonly string[]): PlanImport {
  return { path, item: { tag: 'resource', resource: 0 } };
}

/** Links one function, calls it and returns its result. */
function answer(item: PlanImport, host: Imports): unknown {
  return (linkImports([item], host)[0] as AnyFunction)();
}

function problems(items: readonly PlanImport[], host: Imports): readonly string[] {
  try {
    linkImports(items, host);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    return error.problems.map(({ path, given }) => `${path.join(' › ')}: ${given}`);
  }
  return [];
}

const named = (name: string) => ({ getName: () => name });
const streams = func('wasi:io/streams@0.2.6', 'get-name');

describe('the name of an interface', () => {
  it.each<[string, readonly string[], string]>([
    [
      'exactly as it is',
      ['wasi:io/streams@0.2.6', 'wasi:io/streams@0.2.9', 'wasi:io/streams'],
      'wasi:io/streams@0.2.6',
    ],
    [
      'with the newest compatible version',
      ['wasi:io/streams@0.2.0', 'wasi:io/streams@0.2.12'],
      'wasi:io/streams@0.2.12',
    ],
    [
      'with a version that is newer by number, not by text',
      ['wasi:io/streams@0.2.9', 'wasi:io/streams@0.2.10'],
      'wasi:io/streams@0.2.10',
    ],
    ['without a version', ['wasi:io/streams', 'wasi:io/streams@0.3.0'], 'wasi:io/streams'],
  ])('is accepted %s', (_, keys, expected) => {
    const host = Object.fromEntries(keys.map((key) => [key, named(key)]));
    expect(answer(streams, host)).toBe(expected);
  });

  it('is not accepted with an incompatible version, which the message names', () => {
    const host = { 'wasi:io/streams@0.3.0': named('x'), 'wasi:io/streams@1.0.0': named('y') };
    expect(() => linkImports([streams], host)).toThrow(
      "the imports have 'wasi:io/streams@0.3.0', 'wasi:io/streams@1.0.0', which is not compatible with 'wasi:io/streams@0.2.6'",
    );
  });

  it('may be in camel case if the interface is defined in the world', () => {
    expect(answer(func('key-value', 'get'), { keyValue: { get: () => 'camel' } })).toBe('camel');
    expect(answer(func('key-value', 'get'), { 'key-value': { get: () => 'kebab' } })).toBe('kebab');
  });
});

describe('an instance within an instance', () => {
  const item = func('a:b/c', 'd:e/inner-part@1.0.0', 'deep-part', 'get-name');

  it.each<[string, Imports]>([
    ['in camel case', { 'a:b/c': { 'd:e/inner-part': { deepPart: named('found') } } }],
    ['in kebab case', { 'a:b/c': { 'd:e/inner-part@1.0.0': { 'deep-part': named('found') } } }],
    ['with a compatible version', { 'a:b/c': { 'd:e/inner-part@1.4.0': { deepPart: named('found') } } }],
  ])('is found %s', (_, host) => {
    expect(answer(item, host)).toBe('found');
  });

  it('is missing when an enclosing instance is missing', () => {
    for (const inner of [undefined, null, 5, {}, { 'd:e/inner-part': null }])
      expect(problems([item], { 'a:b/c': inner })).toEqual([
        'a:b/c › d:e/inner-part@1.0.0 › deep-part › get-name: nothing',
      ]);
  });
});

describe('a function of the world', () => {
  const item = func('log-line');

  it.each<[string, Imports]>([
    ['under its name in JavaScript', { logLine: () => 'done' }],
    ['under its name in WIT', { 'log-line': () => 'done' }],
    ['as the default export of a module', { 'log-line': { default: () => 'done' } }],
    ['in an object that inherits', Object.create({ logLine: () => 'done' }) as Imports],
  ])('is found %s', (_, host) => {
    expect(answer(item, host)).toBe('done');
  });
});

describe('an interface', () => {
  const item = func('a:b/c', 'get-name');
  const link = (container: unknown) => answer(item, { 'a:b/c': container });

  it('may be frozen, without a prototype, a proxy, or an object with getters', () => {
    expect(link(Object.freeze(named('frozen')))).toBe('frozen');
    expect(link(Object.assign(Object.create(null) as object, named('bare')))).toBe('bare');
    expect(link(new Proxy(named('proxied'), {}))).toBe('proxied');
    const getter = Object.defineProperty({}, 'getName', { get: () => () => 'got' });
    expect(link(getter)).toBe('got');
  });

  it('may be an instance of a class, whose methods receive it as `this`', () => {
    class Service {
      readonly name = 'service';
      getName(): string {
        return this.name;
      }
    }
    expect(link(new Service())).toBe('service');
  });

  it('does not provide functions that every object inherits', () => {
    for (const name of ['to-string', 'constructor', 'value-of', 'has-own-property']) {
      expect(problems([func('a:b/c', name)], { 'a:b/c': {} })).toEqual([`a:b/c › ${name}: nothing`]);
    }
    expect(answer(func('a:b/c', 'to-string'), { 'a:b/c': { toString: () => 'own' } })).toBe('own');
    expect(problems([func('__proto__', 'get')], {})).toEqual(['__proto__ › get: nothing']);
  });
});

describe('a resource', () => {
  class File {
    static readonly opened = 'opened';
    static open(): string {
      return this.opened;
    }
    read(): void {}
  }
  const items = [
    resource('a:b/c', 'file'),
    func('a:b/c', '[constructor]file'),
    func('a:b/c', '[method]file.read'),
    func('a:b/c', '[static]file.open'),
  ];

  it('is a class with its methods and static functions', () => {
    const linked = linkImports(items, { 'a:b/c': { File } });
    expect(linked.slice(0, 3)).toEqual([File, File, File]);
    expect((linked[3] as AnyFunction)()).toBe('opened');
  });

  it('is reported with everything that it lacks', () => {
    class Empty {
      readonly none = true;
    }
    // Its objects may have the method in a field.
    expect(problems(items, { 'a:b/c': { File: Empty } })).toEqual(['a:b/c › [static]file.open: nothing']);
    expect(problems(items, { 'a:b/c': { File: {} } })).toEqual([
      'a:b/c › file: an object',
      'a:b/c › [constructor]file: an object',
      'a:b/c › [method]file.read: an object',
      'a:b/c › [static]file.open: nothing',
    ]);
    expect(problems([items[0]!, func('a:b/c', 'use')], { 'a:b/c': { use: () => undefined } })).toEqual([
      'a:b/c › file: nothing',
    ]);
    expect(problems(items, { 'a:b/c': {} })).toEqual([
      'a:b/c › [constructor]file: nothing',
      'a:b/c › [method]file.read: nothing',
      'a:b/c › [static]file.open: nothing',
    ]);
  });
});

const f = (): void => undefined;

describe('a misspelt name', () => {
  class File {
    static opne(): void {}
    raed(): void {}
  }
  class Derived extends File {}
  const read = func('a:b/c', '[method]file.read');
  const open = func('a:b/c', '[static]file.open');

  it.each<[string, readonly PlanImport[], Imports, string | undefined]>([
    [
      'an interface',
      [func('ab:cd/ef', 'f')],
      { 'ab:cd/eg': { f } },
      "the imports have 'ab:cd/eg': did you mean 'ab:cd/ef'?",
    ],
    [
      'a version',
      [func('a:b/c@1.0.0', 'f')],
      { 'a:b/d@1.0.0': { f } },
      "the imports have 'a:b/d@1.0.0': did you mean 'a:b/c@1.0.0'?",
    ],
    [
      'a function',
      [func('a:b/c', 'process-data')],
      { 'a:b/c': { procesData: f } },
      "'a:b/c' has 'procesData': did you mean 'processData'?",
    ],
    ['a function of the world', [func('log')], { lgo: f }, "the imports have 'lgo': did you mean 'log'?"],
    [
      'a class',
      [resource('a:b/c', 'file'), func('a:b/c', '[constructor]file')],
      { 'a:b/c': { Fil: File } },
      "'a:b/c' has 'Fil': did you mean 'File'?",
    ],
    ['the class of a method', [read], { 'a:b/c': { Fil: File } }, "'a:b/c' has 'Fil': did you mean 'File'?"],
    ['a static function', [open], { 'a:b/c': { File } }, "the class File has 'opne': did you mean 'open'?"],
    [
      'an inherited function',
      [func('a:b/c', 'read')],
      { 'a:b/c': new Derived() },
      "'a:b/c' has 'raed': did you mean 'read'?",
    ],
    ['nothing', [func('log')], { 'something-else': f }, undefined],
    // Another import of the component has the similar name.
    ['a right name', [func('a:b/c', 'get'), func('a:b/c', 'set')], { 'a:b/c': { get: f } }, undefined],
    [
      'a right key',
      [func('a:b/c', 'f'), func('a:b/d', 'f')],
      { 'a:b/c': { f } },
      "the imports have no key 'a:b/d'",
    ],
  ])('is recognised: %s', (_, items, host, help) => {
    const [problem] = (thrown(() => linkImports(items, host)) as LinkError).problems;
    expect(problem?.help).toBe(help);
  });

  it('is not looked for in a proxy that does not list its properties', () => {
    const host = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('closed');
        },
      },
    );
    const { problems: found } = thrown(() => linkImports([func('log')], host)) as LinkError;
    expect(found).toEqual([{ path: ['log'], expected: 'a function (func())', given: 'nothing' }]);
  });
});

describe('a class of the host', () => {
  const members = [
    resource('a:b/c', 'file'),
    func('a:b/c', '[constructor]file'),
    func('a:b/c', '[static]file.call'),
    func('a:b/c', '[static]file.to-string'),
    func('a:b/c', '[static]file.caller'),
    func('a:b/c', '[method]file.constructor'),
    func('a:b/c', '[method]file.read'),
  ];

  it('does not provide members that every function or object inherits', () => {
    class File {
      readonly name = 'a';
    }
    expect(problems(members, { 'a:b/c': { File } })).toEqual([
      'a:b/c › [static]file.call: nothing',
      'a:b/c › [static]file.to-string: nothing',
      'a:b/c › [static]file.caller: nothing',
    ]);
    class Base {
      readonly name = 'a';
      static caller(): void {}
    }
    class Whole extends Base {
      read(): void {}
      static override call(): void {}
      static override toString(): string {
        return '';
      }
    }
    Object.defineProperty(Whole.prototype, 'constructor', { value: () => 1 });
    expect(problems(members, { 'a:b/c': { File: Whole } })).toEqual([]);
  });

  it('is described with its required members when it is missing', () => {
    expect(members.slice(1).map(missing)).toEqual([
      'a class File (func())',
      'a class File with the static function call (func())',
      'a class File with the static function toString (func())',
      'a class File with the static function caller (func())',
      'a class File whose objects have the method constructor (func())',
      'a class File whose objects have the method read (func())',
    ]);
  });

  it('is not found among members that every object inherits', () => {
    expect(problems([func('__proto__')], {})).toEqual(['__proto__: nothing']);
    expect(problems([func('a:b/c', 'f')], Object.create({ 'a:b/c': { f: () => 1 } }) as Imports)).toEqual([]);
  });
});

/** Returns what the error of linking expects for an import if the host has no class. */
function missing(item: PlanImport): string | undefined {
  try {
    linkImports([item], { 'a:b/c': {} });
  } catch (error) {
    return (error as LinkError).problems[0]?.expected;
  }
  return undefined;
}

describe('a promise among the imports', () => {
  const down = new Error('no module');
  const failing = (): Promise<never> => Promise.reject(down);
  const item = func('a:b/c', 'get-name');

  it.each<[string, PlanImport, () => Imports, RegExp]>([
    ['of all imports', item, () => failing() as never, /the import object is a Promise: await it/u],
    [
      'of all imports of the world',
      func('log'),
      () => failing() as never,
      /import object is a Promise: await/u,
    ],
    [
      'of an interface',
      item,
      () => ({ 'a:b/c': failing() }),
      /the value of 'a:b\/c' is a Promise: await it/u,
    ],
    ['of a function', item, () => ({ 'a:b/c': { getName: failing() } }), /got a Promise/u],
    ['of a class', func('a:b/c', '[method]r.get'), () => ({ 'a:b/c': { R: failing() } }), /got a Promise/u],
    [
      'that a getter returns',
      func('log'),
      () => ({
        get log() {
          return failing();
        },
      }),
      /got a Promise/u,
    ],
  ])('is named in the error, whose cause is why it rejects: %s', async (_, wanted, host, message) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const error = thrown(() => linkImports([wanted], host()));
    expect(error.message).toMatch(message);
    await macrotask();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
    expect(error.cause).toBe(down);
  });
});

it('imports may come from another realm, with their classes and namespaces', async () => {
  const files = runInNewContext(`
    class File {
      #name;
      constructor(name) { this.#name = name; }
      read() { return this.#name; }
      static exists() { return true; }
    }
    ({ File, open: (name) => new File(name) })`) as Record<string, unknown>;
  for (const engine of engines) {
    const guest = await counters(engine, files);
    expect(guest.read('a.txt')).toBe('a.txt');
  }
});
