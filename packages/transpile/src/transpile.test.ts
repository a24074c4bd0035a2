import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { transpile, type TranspileOptions } from './index.ts';

const directory = await mkdtemp(join(tmpdir(), 'wit-ts-transpile-'));
afterAll(() => rm(directory, { recursive: true }));

interface StaticModule {
  instantiate(imports?: object, options?: object): Promise<Readonly<Record<string, unknown>>>;
  instantiateSync(imports?: object, options?: object): Readonly<Record<string, unknown>>;
  readonly Trap: new (message: string) => Error;
}

let count = 0;

/** Writes a test component as a static module, and loads it. */
async function loaded(component: string, options: TranspileOptions = {}): Promise<StaticModule> {
  const bytes = await readFile(new URL(`../../../test-components/${component}.wasm`, import.meta.url));
  count += 1;
  const name = `module${count}`;
  const files = await transpile(bytes, { name, types: false, ...options });
  for (const { path, content } of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  return (await import(pathToFileURL(join(directory, `${name}.js`)).href)) as StaticModule;
}

const processor = {
  'example:service/processor': {
    processData: (input: string, { tags }: { tags: string[] }) => `${input} (${tags.join()})`,
  },
};

describe.each([
  ['in files', {}],
  ['in the text', { inlineBelow: Infinity }],
  ['in a minified text', { inlineBelow: Infinity, minify: true }],
])('a static module with its core modules %s', async (_, options) => {
  const module = await loaded('edge-handler/built/wat', options);

  it('makes instances, with a promise and without', async () => {
    const { handleRequest } = await module.instantiate(processor);
    expect((handleRequest as (text: string) => string)('hällo')).toBe('ok: hällo (hällo)');
    const other = module.instantiateSync(processor) as { handleRequest(text: string): string };
    expect(other.handleRequest('again')).toBe('ok: again (again)');
  });

  it('refuses values of a host that do not fit, with their path', async () => {
    const { handleRequest } = await module.instantiate(processor);
    expect(() => (handleRequest as (text: unknown) => string)(5)).toThrow(
      'handle-request: argument req: expected a string, got 5',
    );
  });

  it('rejects with every import that is missing', async () => {
    await expect(module.instantiate({})).rejects.toThrow(
      'example:service/processor › process-data: expected a function',
    );
  });
});

describe.each([
  ['without fuel', {}],
  ['with fuel', { limits: { fuel: 1000 } }],
])('a static module whose component exports names of the module (%s)', (_, limited) => {
  it('has its own under these names, and those of the component in the default export', async () => {
    const module = await loaded('names/built/module-names', { eager: true, ...limited });
    const {
      default: exported,
      other,
      ...own
    } = module as unknown as {
      default: { instantiate(): number; Fuel: { burn(): number }; Trap: { set(): number } };
      other(): number;
      Trap: unknown;
      Fuel?: unknown;
    };
    expect([exported.instantiate(), exported.Fuel.burn(), exported.Trap.set(), other()]).toEqual([
      2, 1, 1, 2,
    ]);
    expect(own.Trap).not.toBe(exported.Trap);
    expect(own.Fuel).not.toBe(exported.Fuel);
  });

  it('declares each name once', async () => {
    const bytes = await readFile(
      new URL('../../../test-components/names/built/module-names.wasm', import.meta.url),
    );
    const files = await transpile(bytes, { name: 'names', ...limited });
    const text = files.find(({ path }) => path === 'names.d.ts')!.content as string;
    const declared = [...text.matchAll(/^export (?:class|type|interface|function|const) (\w+)/gmu)].map(
      ([, name]) => name,
    );
    expect(declared).toEqual([...new Set(declared)]);
    expect(declared).toEqual(expect.arrayContaining(['Fuel', 'Trap', 'instantiate']));
  });
});

it('has the classes of resources, of the component and of the host', async () => {
  const { instantiate } = await loaded('resources/built/wat');
  class File {
    readonly name: string;
    constructor(name: string) {
      this.name = name;
    }
    read(): string {
      return `the text of ${this.name}`;
    }
    static exists(): boolean {
      return true;
    }
  }
  const made = (await instantiate({
    'test:resources/files': { File, open: (name: string) => new File(name) },
  })) as unknown as Resources;
  expect(made.read('a.txt')).toBe('the text of a.txt');
  const { Counter, take, live } = made.counters;
  const counter = new Counter(3);
  expect([counter.increment(), counter.value(), Counter.sum(counter, counter)]).toEqual([3, 4, 8]);
  expect([live(), take(counter), live()]).toEqual([1, 4, 0]);
});

interface Resources {
  read(name: string): string;
  readonly counters: {
    readonly Counter: {
      new (start: number): { increment(): number; value(): number };
      sum(a: object, b: object): number;
    };
    take(counter: object): number;
    live(): number;
  };
}

it('has the tasks of a component that waits', async () => {
  const { instantiate } = await loaded('tasks/built/wat');
  const made = (await instantiate({ ask: (x: number) => x + 1 })) as Record<
    string,
    (x: number) => Promise<number>
  >;
  expect(await Promise.all([made['now']!(1), made['later']!(5)])).toEqual([2, 7]);
  expect(await made['askAsync']!(41)).toBe(42);
  const trap: unknown = await made['never']!(0).catch((reason: unknown) => reason);
  expect((trap as Error).message).toContain('the task ended without `task.return`');
});

it('passes streams of records, and refuses elements that do not fit', async () => {
  const { instantiate } = await loaded('async-bench/built/wat');
  const made = await instantiate({ 'bench:tasks/host': { now: Number, later: Number, hold: Number } });
  const { takeEntries } = made['consumer'] as { takeEntries(entries: unknown[]): Promise<number> };
  // sum * 31 + id + score + length + last
  expect(await takeEntries([{ id: 1n, name: 'b', score: 2 }])).toBe(1 + 2 + 1 + 98);
  await expect(takeEntries([{ id: 1n, name: 5, score: 2 }])).rejects.toThrow('expected a string, got 5');
});

it('needs compiled modules for an instance without a promise where they are fetched', async () => {
  const { instantiateSync } = await loaded('edge-handler/built/wat', { target: 'browser' });
  expect(() => instantiateSync(processor)).toThrow(
    '`instantiateSync` needs the option `modules`: what `await compile()` returns',
  );
  const bytes = ['core', 'core2', 'core3'].map((name) =>
    readFile(join(directory, `module${count}.${name}.wasm`)),
  );
  const modules = (await Promise.all(bytes)).map((each) => new WebAssembly.Module(each));
  const { handleRequest } = instantiateSync(processor, { modules }) as {
    handleRequest(text: string): string;
  };
  expect(handleRequest('x')).toBe('ok: x (x)');
});

describe('a static module with a map', () => {
  const map = { 'example:*/processor': './*-processor.js#processor' };

  it('imports the modules, and exports what the component exports', async () => {
    await writeFile(
      join(directory, 'service-processor.js'),
      'export const processor = { processData: (input, { tags }) => `mapped ${input} (${tags.join()})` };',
    );
    const module = (await loaded('edge-handler/built/wat', { map })) as unknown as {
      handleRequest(text: string): string;
      default: { handleRequest(text: string): string };
    };
    expect(module.handleRequest('x')).toBe('ok: mapped x (x)');
    expect(module.default.handleRequest).toBe(module.handleRequest);
  });

  it('prefers what the host gives', async () => {
    const { instantiate } = await loaded('edge-handler/built/wat', { map, eager: false });
    const { handleRequest } = await instantiate(processor);
    expect((handleRequest as (text: string) => string)('x')).toBe('ok: x (x)');
  });

  it('refuses a name that the component does not import', async () => {
    await expect(
      loaded('edge-handler/built/wat', { map: { 'example:service/other': './x.js' } }),
    ).rejects.toThrow(
      '`map`: the component does not import `example:service/other`; it imports `example:service/processor`',
    );
  });
});

it('exports names that are not identifiers as strings', async () => {
  await writeFile(
    join(directory, 'files.js'),
    `export class File { constructor(name) { this.name = name; } read() { return this.name; } static exists() { return true; } }
export const open = (name) => new File(name);`,
  );
  const module = (await loaded('resources/built/wat', {
    map: { 'test:resources/*': './*.js' },
  })) as unknown as Resources & { readonly 'test:resources/counters': Resources['counters'] };
  expect(module.read('a.txt')).toBe('a.txt');
  expect(module['test:resources/counters']).toBe(module.counters);
});

it.each([
  [{ name: '../app' }, '`name`: "../app" is not a name for files'],
  [{ name: 'con' }, '`name`: "con" is not a name for files'],
  [{ name: 'Com1.app' }, 'no device of Windows such as `con`'],
  [{ name: 'a\n' }, '`name`: "a\\n" is not a name for files'],
  [{ target: 'wrokerd' as 'workerd' }, '`target`: there is no target "wrokerd"; did you mean `workerd`?'],
  [{ limit: {} } as object, '`limit`: there is no such option; did you mean `limits`?'],
  [
    JSON.parse('{ "__proto__": 1 }') as object,
    '`__proto__`: there is no such option; the options are name, ',
  ],
])('refuses the option %j', async (options, message) => {
  await expect(loaded('edge-handler/built/wat', options)).rejects.toThrow(message);
});

it.each([
  ['edge-handler/built/wat', 15_000],
  ['tasks/built/wat', 115_000],
])('contains only what it needs of the runtime: %s', async (component, most) => {
  const bytes = await readFile(new URL(`../../../test-components/${component}.wasm`, import.meta.url));
  const [module] = await transpile(bytes, { minify: true, types: false });
  expect(module!.content.length).toBeLessThan(most);
});

it('is the same text for the same component', async () => {
  const bytes = await readFile(new URL('../../../test-components/tasks/built/wat.wasm', import.meta.url));
  expect(await transpile(bytes)).toEqual(await transpile(bytes));
});
