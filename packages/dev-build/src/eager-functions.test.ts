import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';
import { calledFunctions } from './called-functions.ts';
import { withEagerFunctions } from './eager-functions.ts';

const MODULE = `import { sep } from 'node:path';
const first = double(4);
class Counter { count() { return double(this.from); } from = 3; }
function double(number) { return number * 2; }
async function later() { return double(1); }
function* each() { yield double(5); }
function never() { return sep; }
export { first, Counter, double, later, each, never };
`;

const load = (code: string): Promise<Record<string, unknown>> =>
  import(`data:text/javascript,${encodeURIComponent(code)}`) as Promise<Record<string, unknown>>;

it('functions in parentheses come first in a module, which otherwise does the same', async () => {
  const { code } = withEagerFunctions(MODULE, new Set(['double', 'later', 'each']));
  expect(code.match(/^var \w+ = \((?:async )?function\*?\(/gmu)).toHaveLength(3);
  expect(code).toMatch(/^import.+\n+var double = \(function\(number\)/u);
  expect(code).toContain('\nfunction never() {');
  const module = await load(code);
  const { first, Counter, double, later, each } = module as {
    first: number;
    Counter: new () => { count(): number };
    double: (number: number) => number;
    later: () => Promise<number>;
    each: () => Iterable<number>;
  };
  expect([first, new Counter().count(), double(2), await later(), ...each()]).toEqual([8, 6, 4, 2, 10]);
  expect([double.name, later.name, each.name]).toEqual(['double', 'later', 'each']);
});

it('a function at the start of a module stays there', async () => {
  const { code } = withEagerFunctions('function one() { return 1; }\nexport { one };', new Set(['one']));
  expect(((await load(code)) as { one: () => number }).one()).toBe(1);
});

it('the source map leads to where the function was declared', () => {
  const { code, map } = withEagerFunctions(MODULE, new Set(['double']));
  const line = code.split('\n').findIndex((text) => text.startsWith('var double'));
  const found = new SourceMap(JSON.parse(map)).findEntry(line, code.split('\n')[line]!.indexOf('return'));
  expect('originalLine' in found && found.originalLine).toBe(3);
});

it('lists the functions at the top level that a script calls', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-called-test-'));
  try {
    const dist = join(directory, 'dist');
    await mkdir(join(dist, 'shared'), { recursive: true });
    await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
    await writeFile(join(dist, 'shared/module.js'), MODULE);
    const script = join(directory, 'script.js');
    await writeFile(
      script,
      `const { later } = await import(process.argv[2] + '/shared/module.js'); await later();`,
    );
    expect(await calledFunctions(script, dist)).toEqual(
      new Map([['shared/module.js', new Set(['double', 'later'])]]),
    );
    await writeFile(script, 'throw new Error("no answer");');
    await expect(calledFunctions(script, dist)).rejects.toThrow('no answer');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

it('public methods come after the others, and are the methods that they were', async () => {
  const { code } = withEagerFunctions(
    `import { sep } from 'node:path';
class Base { greet(name) { return 'hello ' + name; } }
var Counter = class extends Base {
  #from = 3;
  static made() { return new Counter(); }
  count(by = 1) { return this.#from += by; }
  async later() { return this.count(); }
  *each() { yield this.#from; }
  greet(name) { return super.greet(name) + sep; }
  get from() { return this.#from; }
  #hidden() { return sep; }
  unused() { return this.#hidden(); }
};
export { Base, Counter };`,
    new Set([
      'Base.greet',
      'Counter.count',
      'Counter.later',
      'Counter.each',
      'Counter.greet',
      'Counter.made',
    ]),
  );
  expect(code.match(/^.*\b\w+: \((?:async )?function\*?\(/gmu)).toHaveLength(4);
  const { Base, Counter } = (await load(code)) as {
    Base: { prototype: object };
    Counter: {
      prototype: object;
      made(): {
        count(by?: number): number;
        later(): Promise<number>;
        each(): Iterable<number>;
        greet(name: string): string;
      };
    };
  };
  const counter = Counter.made();
  expect([counter.count(), await counter.later(), ...counter.each(), counter.greet('you')]).toEqual([
    4,
    5,
    5,
    `hello you${sep}`,
  ]);
  expect(Object.getOwnPropertyDescriptor(Base.prototype, 'greet')).toMatchObject({
    enumerable: false,
    writable: true,
    configurable: true,
  });
  expect(Object.keys(Counter.prototype)).toEqual([]);
  expect((Reflect.get(Counter.prototype, 'count') as () => void).name).toBe('count');
});
