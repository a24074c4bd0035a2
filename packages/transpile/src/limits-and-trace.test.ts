import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile, Fuel, instantiate, type Limits } from '@wit-ts/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { transpile, type TranspileOptions } from './index.ts';

const directory = await mkdtemp(join(tmpdir(), 'wit-ts-transpile-limits-'));
afterAll(() => rm(directory, { recursive: true }));

type Exports = Readonly<Record<string, (...args: unknown[]) => unknown>>;

interface StaticModule {
  instantiate(imports?: object, options?: object): Promise<Exports>;
  instantiateSync(imports?: object, options?: object): Exports;
  compile(): Promise<readonly WebAssembly.Module[]>;
  readonly Fuel: new (limit: number) => Fuel;
}

let count = 0;

function bytesOf(component: string): Promise<Uint8Array> {
  return readFile(new URL(`../../../test-components/${component}.wasm`, import.meta.url));
}

async function loaded(component: string, options: TranspileOptions): Promise<StaticModule> {
  count += 1;
  const name = `module${count}`;
  const files = await transpile(await bytesOf(component), { name, types: false, ...options });
  for (const { path, content } of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  return (await import(pathToFileURL(join(directory, `${name}.js`)).href)) as StaticModule;
}

describe('fuel of a static module', () => {
  const host = { ticked: () => undefined };

  it('counts what the runtime counts', async () => {
    const module = await loaded('fuel/built/wat', { limits: { fuel: 1e6 } });
    const fuel = new module.Fuel(1e6);
    const { spin } = await module.instantiate(host, { limits: { fuel } });
    spin!(1000);
    const same = new Fuel(1e6);
    const made = await instantiate(await compile(await bytesOf('fuel/built/wat')), host, {
      limits: { fuel: same },
    });
    (made as unknown as Exports)['spin']!(1000);
    expect(fuel.used).toBe(same.used);
  });

  it('ends a call that has used it up, by default with the amount that the module was written with', async () => {
    const { instantiateSync } = await loaded('fuel/built/wat', { limits: { fuel: 5000 } });
    const { endless, spin } = instantiateSync(host);
    expect(() => endless!()).toThrow('out of fuel: 5000 of 5000 operators are used');
    expect(() => spin!(1)).toThrow('cannot enter component instance: it failed before: out of fuel');
  });
});

describe('limits of a static module', () => {
  it('are held from the start', async () => {
    const { instantiate: make } = await loaded('edge-handler/built/wat', { limits: { memoryBytes: 1e6 } });
    await expect(make(processor, { limits: { memoryBytes: 10 } })).rejects.toThrow(
      'limits.memoryBytes: expected at most 10 bytes',
    );
    const { handleRequest } = await make(processor);
    expect(handleRequest!('x')).toBe('ok: x');
  });

  it('are refused if no instance could start within them', async () => {
    const bytes = await bytesOf('edge-handler/built/wat');
    const refused: [Limits, string][] = [
      [
        { memoryBytes: 65_535 },
        'limits.memoryBytes: expected at most 65535 bytes in all memories, got 65536',
      ],
      [{ instances: 2 }, 'limits.instances: expected at most 2'],
      [{ tables: 0 }, 'limits.tables: expected at most 0 tables'],
    ];
    for (const [limits, message] of refused)
      await expect(transpile(bytes, { limits })).rejects.toThrow(message);
    await expect(transpile(bytes, { limits: { memoryBytes: 65_536 } })).resolves.toBeInstanceOf(Array);
  });

  it('bound the values of calls', async () => {
    const { instantiate: make } = await loaded('edge-handler/built/wat', { limits: { valueBytes: 4 } });
    const { handleRequest } = await make(processor);
    expect(() => handleRequest!('a longer text')).toThrow('exceeds the limit of this instance: 4 bytes');
  });

  it('are refused if the module was not written for them', async () => {
    const plain = await loaded('edge-handler/built/wat', {});
    expect(() => plain.instantiateSync(processor, { limits: { handles: 5 } })).toThrow(
      '`limits`: this module has no such option; give `limits` and `trace` to `transpile`, too',
    );
    const fuelled = await loaded('edge-handler/built/wat', { limits: { fuel: 1e6 } });
    expect(() => fuelled.instantiateSync(processor, { limits: { memoryBytes: 5 } })).toThrow(
      'limits: the core modules were not rewritten for memoryBytes: give it to `transpile`, too',
    );
    await expect(
      transpile(await bytesOf('edge-handler/built/wat'), { limits: { fule: 1 } as never }),
    ).rejects.toThrow('limits.fule: unknown limit');
  });
});

function noSuchOption(name: string): string {
  return `\`${name}\`: this module has no such option; give \`limits\` and \`trace\` to \`transpile\`, too`;
}

describe('an option of a static module', () => {
  it.each([
    ['edge-handler/built/wat', {}],
    ['tasks/built/wat', {}],
    ['edge-handler/built/wat', { limits: { handles: 5 }, trace: true }],
  ])('is refused if it does not exist: %s, %o', async (component, options) => {
    const module = await loaded(component, options);
    const host = { ...processor, ask: () => 1 };
    for (const name of ['modlues', 'limts', '__proto__']) {
      const misspelt: object = { [name]: {} };
      expect(() => module.instantiateSync(host, misspelt)).toThrow(noSuchOption(name));
      await expect(module.instantiate(host, misspelt)).rejects.toThrow(noSuchOption(name));
    }
    const known = { name: 'x', deadlock: 'wait', onError: () => undefined, modules: await module.compile() };
    expect(module.instantiateSync(host, { ...known, other: undefined })).toBeTypeOf('object');
  });

  it('is refused if it has a wrong value', async () => {
    const plain = await loaded('edge-handler/built/wat', {});
    const able = await loaded('edge-handler/built/wat', { limits: { handles: 5 }, trace: true });
    for (const name of ['limits', 'trace'])
      expect(() => plain.instantiateSync(processor, { [name]: null })).toThrow(noSuchOption(name));
    expect(() => able.instantiateSync(processor, { limits: null })).toThrow(
      'limits: expected an object, got null',
    );
    expect(() => able.instantiateSync(processor, { trace: null })).toThrow(
      'trace: expected a function, got null',
    );
  });
});

describe('the trace of a static module', () => {
  it('has the events of the runtime', async () => {
    const events: object[] = [];
    const module = await loaded('edge-handler/built/wat', { trace: true });
    const { handleRequest } = await module.instantiate(processor, {
      trace: (event: object) => events.push(event),
    });
    handleRequest!('x');
    const same: object[] = [];
    const made = await instantiate(await bytesOf('edge-handler/built/wat'), processor, {
      trace: (event) => same.push(event),
    });
    (made as unknown as Exports)['handleRequest']!('x');
    expect(events).toEqual(same);
    expect(events).toHaveLength(4);
  });

  it('has the events of tasks', async () => {
    const events: { tag: string }[] = [];
    const module = await loaded('tasks/built/wat', { trace: true });
    const { askAsync } = await module.instantiate(
      { ask: (x: number) => x + 1 },
      { trace: (event: { tag: string }) => events.push(event) },
    );
    expect(await askAsync!(41)).toBe(42);
    expect(new Set(events.map(({ tag }) => tag))).toEqual(new Set(['call', 'return', 'task']));
  });
});

const processor = {
  'example:service/processor': { processData: (input: string) => input },
};
