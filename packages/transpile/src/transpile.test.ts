import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const files = await transpile(bytes, { name, ...options });
  for (const { path, content } of files) await writeFile(join(directory, path), content);
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

it('is the same text for the same component', async () => {
  const bytes = await readFile(new URL('../../../test-components/tasks/built/wat.wasm', import.meta.url));
  expect(await transpile(bytes)).toEqual(await transpile(bytes));
});
