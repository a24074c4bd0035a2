import { readFile } from 'node:fs/promises';
import { limitModule } from '@wit-ts/component/limits';
import { describe, expect, it } from 'vitest';
import { LIMITED } from './module-form.ts';
import { compile, componentModules, instantiate, instantiateSync, LinkError, Trap } from './index.ts';
import type { Imports, Limits } from './index.ts';

interface Guest {
  grow(pages: number): number;
  pages(): number;
  growTable(entries: number): number;
  hoard(count: number): void;
  text(bytes: number): string;
  list(bytes: number): Uint8Array;
  take(bytes: Uint8Array): number;
}

const page = 65_536;
const bytes = await readFile(new URL('../../../test-components/limits/built/wat.wasm', import.meta.url));

class Token {
  readonly made = true;
}

const imports: Imports = { 'test:limits/tokens': { Token } };

describe.each(['compile', 'reference'] as const)('limits (%s)', (engine) => {
  const make = (limits: Limits) => instantiate<Guest>(bytes, imports, { engine, limits });

  it('let the memory grow up to the number of bytes', async () => {
    const { grow, pages } = await make({ memoryBytes: 3 * page + 100 });
    expect([grow(1), grow(2), grow(1), grow(1), pages()]).toEqual([1, -1, 2, -1, 3]);
  });

  it('cause a trap when the guest has no memory for a value', async () => {
    const { take } = await make({ memoryBytes: 2 * page });
    expect(take(new Uint8Array(2 * page - 8))).toBe(2 * page - 8);
    expect(() => take(new Uint8Array(2 * page))).toThrow(Trap);
  });

  it('let a table grow up to the number of entries', async () => {
    const { growTable, grow } = await make({ tableEntries: 12 });
    expect([growTable(2), growTable(1), grow(1)]).toEqual([10, -1, 1]);
  });

  it('cause a trap when the guest gets too many handles', async () => {
    const { hoard, pages } = await make({ handles: 10 });
    hoard(10);
    expect(pages()).toBe(1);
    expect(() => hoard(1)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('the handle table is full: it holds 10 handles'),
        code: 'over-limit',
      }),
    );
    // The limit is not the reason of a later trap.
    expect(() => pages()).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('cannot enter'),
        cause: expect.objectContaining({ code: 'over-limit' }),
      }),
    );
    expect(() => pages()).not.toThrow(expect.objectContaining({ code: 'over-limit' }));
  });

  it('cause a trap for a string or list that is too large', async () => {
    const { text, list } = await make({ valueBytes: 100 });
    expect([text(100).length, list(100).length]).toEqual([100, 100]);
    const message = 'a string or list of 101 bytes exceeds the limit of this instance: 100 bytes';
    expect(() => list(101)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), code: 'over-limit' }),
    );
    const other = await make({ valueBytes: 100 });
    expect(() => other.text(2 ** 31)).toThrow(/a string or list of 2147483648 bytes exceeds the limit/u);
  });

  it('apply to one instance of a component and not to others', async () => {
    const component = await compile(bytes, { engine });
    const strict = await instantiate<Guest>(component, imports, {
      limits: { memoryBytes: page, handles: 1, valueBytes: 1, tableEntries: 10 },
    });
    const free = await instantiate<Guest>(component, imports);
    expect([strict.grow(1), free.grow(1)]).toEqual([-1, 1]);
    expect([strict.growTable(1), free.growTable(1)]).toEqual([-1, 10]);
    expect(() => strict.list(2)).toThrow(Trap);
    expect(free.list(2)).toEqual(new Uint8Array(2));
    free.hoard(1000);
  });
});

describe('limits', () => {
  it('default to those of the component', async () => {
    const component = await compile(bytes, { limits: { memoryBytes: 2 * page, valueBytes: 5 } });
    const plain = instantiateSync<Guest>(component, imports);
    expect([plain.grow(1), plain.grow(1)]).toEqual([1, -1]);
    const own = instantiateSync<Guest>(component, imports, { limits: { valueBytes: 50 } });
    expect([own.list(50).length, own.grow(2)]).toEqual([50, -1]);
  });

  it('compile core modules once for the same limits', async () => {
    const component = await compile(bytes);
    const given = { limits: { memoryBytes: 2 * page } };
    await instantiate(component, imports, given);
    const [first] = component.compiled.get(LIMITED)!.modules;
    await instantiate(component, imports, given);
    expect(component.compiled.get(LIMITED)!.modules[0]).toBe(first);
    expect(instantiateSync<Guest>(component, imports, given).grow(2)).toBe(-1);
  });

  it('must be given to `compile` before `instantiateSync` accepts them', async () => {
    const component = await compile(bytes);
    expect(() => instantiateSync(component, imports, { limits: { memoryBytes: page } })).toThrow(
      /not compiled for these limits yet: give the same limits to `compile`/u,
    );
  });

  it('can be written into core modules that are compiled elsewhere', async () => {
    const modules = await Promise.all(
      componentModules(bytes).map((module) => WebAssembly.compile(limitModule(module).bytes as BufferSource)),
    );
    const limits = { memoryBytes: page };
    const { grow } = await instantiate<Guest>({ bytes, modules }, imports, { limits });
    expect(grow(1)).toBe(-1);
  });

  it('refuse a component that exceeds them from the start, before it runs', async () => {
    const refused = compile(bytes, { limits: { memoryBytes: page - 1, tableEntries: 9 } });
    await expect(refused).rejects.toThrow(LinkError);
    await expect(refused).rejects.toHaveProperty('code', 'over-limit');
    await expect(refused).rejects.toThrow(
      [
        'the component exceeds its limits from the start:',
        '  limits.memoryBytes: expected at most 65535 bytes in all memories, got 65536 from the start (1 core instance)',
        '  limits.tableEntries: expected at most 9 entries in all tables, got 10 from the start (1 core instance)',
      ].join('\n'),
    );
  });

  it.each([-1, 1.5, NaN, '5', 2 ** 60])(
    'cannot be %s, because they are non-negative integers',
    async (limit) => {
      const limits = { handles: limit } as Limits;
      await expect(instantiate(bytes, imports, { limits })).rejects.toThrow(
        /limits\.handles: expected a non-negative integer/u,
      );
    },
  );
});

describe('options of an instance', () => {
  it('are refused if they do not exist: a misspelt `limits` would limit nothing', async () => {
    const misspelt: object = { limts: { memoryBytes: page } };
    const message = 'options.limts: unknown option';
    await expect(instantiate(bytes, imports, misspelt)).rejects.toThrow(message);
    await expect(compile(bytes, misspelt)).rejects.toThrow(message);
    const component = await compile(bytes);
    await expect(instantiate(component, imports, misspelt)).rejects.toThrow(message);
    expect(() => instantiateSync(component, imports, misspelt)).toThrow(message);
    expect(instantiateSync(component, imports, { name: 'x', limits: undefined } as never)).toBeTypeOf(
      'object',
    );
  });

  it.each([null, 5, 'none', false])('are refused if the limits are %j', async (limits) => {
    const options: object = { limits };
    const message = `limits: expected an object, got ${limits}`;
    const component = await compile(bytes);
    await expect(compile(bytes, options)).rejects.toThrow(message);
    await expect(instantiate(component, imports, options)).rejects.toThrow(message);
    expect(() => instantiateSync(component, imports, options)).toThrow(message);
  });

  it.each([null, 5, false])('are refused if the trace is %j', async (trace) => {
    const options: object = { trace };
    const component = await compile(bytes);
    await expect(instantiate(component, imports, options)).rejects.toThrow('trace: expected a function');
    expect(() => instantiateSync(component, imports, options)).toThrow('trace: expected a function');
  });
});
