import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import { ComponentError, compile, instantiate, type TraceEvent, Trap } from './index.ts';

type Exports = Record<string, (...args: readonly unknown[]) => unknown>;

/** Prints an event as `> import test#f (a, b)`, `< … = value` or `! …: error`, indented by its depth. */
function line(event: TraceEvent): string {
  const place = `${'  '.repeat(event.depth)}${event.boundary ?? 'task'} ${event.name}`;
  switch (event.tag) {
    case 'task':
      return `  ${place}: ${event.happened}`;
    case 'call':
      return `> ${place} (${event.args.map(show).join(', ')})`;
    case 'return':
      return `< ${place} = ${show(event.value)}`;
    case 'throw':
      return `! ${place}: ${String(event.error)}`;
  }
}

function show(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return value.constructor === Object ? JSON.stringify(value, plain) : value.constructor.name;
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

describe.each(['compile', 'reference'] as const)('trace (%s)', (engine) => {
  it('is a function, or the instance is not made', async () => {
    const imports = { 'example:service/processor': { processData: (input: string) => input } };
    const trace = 'console.log' as unknown as () => void;
    await expect(instantiate(await built('edge-handler/rust'), imports, { engine, trace })).rejects.toThrow(
      new TypeError('trace: expected a function, got console.log'),
    );
  });

  it('reports calls into and out of a component, with their values', async () => {
    const lines: string[] = [];
    const { handleRequest } = await instantiate<Exports>(
      await built('edge-handler/rust'),
      {
        'example:service/processor': {
          processData(input: string) {
            if (input === '') throw new ComponentError('empty');
            return input.toUpperCase();
          },
        },
      },
      { engine, trace: (event) => lines.push(line(event)) },
    );
    handleRequest!('a b');
    handleRequest!('');
    expect(lines).toEqual([
      '> export handle-request (a b)',
      '>   import example:service/processor#process-data (a b, {"id":"3n","tags":["a","b"]})',
      '<   import example:service/processor#process-data = A B',
      '< export handle-request = ok: A B',
      '> export handle-request ()',
      '>   import example:service/processor#process-data (, {"id":"0n","tags":[]})',
      '!   import example:service/processor#process-data: ComponentError: empty',
      '< export handle-request = err: empty',
    ]);
  });

  it('reports calls between nested components, and which call a return ends', async () => {
    const events: TraceEvent[] = [];
    const { crash } = await instantiate<Exports>(
      await built('nested'),
      { 'test:nested/log': { write: () => undefined } },
      { engine, name: 'app', trace: (event) => events.push(event) },
    );
    const error = thrown(() => crash!('x'));
    expect(error).toBeInstanceOf(Trap);
    expect(
      events.map(({ tag, boundary, instance, call, depth }) => [tag, boundary, instance, call, depth]),
    ).toEqual([
      ['call', 'export', 'app › outer', 1, 0],
      ['call', 'inside', 'app › inner', 2, 1],
      ['throw', 'inside', 'app › inner', 2, 1],
      ['throw', 'export', 'app › outer', 1, 0],
    ]);
    expect(events.at(-1)).toMatchObject({ error });
  });

  it('reports constructors, methods, static functions and drops of resources', async () => {
    const lines: string[] = [];
    class File {
      readonly name: string;
      constructor(name: string) {
        this.name = name;
      }
      read(): string {
        return `in ${this.name}`;
      }
      static exists(): boolean {
        return true;
      }
      [Symbol.dispose](): void {}
    }
    const { counters, read, make } = await instantiate<
      Exports & {
        readonly counters: { readonly Counter: new (start: number) => Disposable & { value(): number } };
      }
    >(
      await built('resources'),
      { 'test:resources/files': { File, open: (name: string) => new File(name) } },
      { engine, trace: (event) => lines.push(line(event)) },
    );
    const counter = new counters.Counter(5);
    expect(counter.value()).toBe(5);
    counter[Symbol.dispose]();
    read!('a');
    make!('b');
    expect(lines).toEqual([
      '> export test:resources/counters#[constructor]counter (5)',
      '< export test:resources/counters#[constructor]counter = Counter',
      '> export test:resources/counters#[method]counter.value (Counter)',
      '< export test:resources/counters#[method]counter.value = 5',
      '> export [resource-drop]counter (1024)',
      '< export [resource-drop]counter = undefined',
      '> export read (a)',
      '>   import test:resources/files#open (a)',
      '<   import test:resources/files#open = File',
      '>   import test:resources/files#[method]file.read (File)',
      '<   import test:resources/files#[method]file.read = in a',
      '>   import [resource-drop]file (File)',
      '<   import [resource-drop]file = undefined',
      '< export read = in a',
      '> export make (b)',
      '>   import test:resources/files#[constructor]file (b)',
      '<   import test:resources/files#[constructor]file = File',
      '< export make = File',
    ]);
  });

  it.each(['the trace', 'the host'])(
    'causes a trap when %s throws while a resource is dropped',
    async (who) => {
      const fault = new RangeError('full');
      class File {
        read(): string {
          return 'a';
        }
        static exists(): boolean {
          return true;
        }
        [Symbol.dispose](): void {
          if (who === 'the host') throw fault;
        }
      }
      const { read } = await instantiate<Exports>(
        await built('resources'),
        { 'test:resources/files': { File, open: () => new File() } },
        {
          engine,
          trace: ({ name }) => {
            if (who === 'the trace' && name === '[resource-drop]file') throw fault;
          },
        },
      );
      const error = thrown(() => read!('a'));
      expect(error).toBeInstanceOf(Trap);
      expect(error.message).toContain('full');
      expect(error.message).toMatch(/resource.drop/u);
      expect(error.cause).toBe(fault);
      expect(String(thrown(() => read!('a')))).toContain('it failed before');
    },
  );

  it('does not report calls of other instances of the component', async () => {
    const component = await compile(await built('edge-handler/wat'), { engine });
    const imports = { 'example:service/processor': { processData: () => '' } };
    const lines: string[] = [];
    await instantiate(component, imports, { trace: (event) => lines.push(line(event)) });
    const { handleRequest } = await instantiate<Exports>(component, imports);
    handleRequest!('x');
    expect(lines).toEqual([]);
  });

  it('hands out copies, so that nothing it does with them changes a call', async () => {
    const seen: unknown[] = [];
    const processor = {
      processData(input: string, meta: { readonly tags: readonly string[] }) {
        seen.push(meta);
        if (input === '') throw new ComponentError('empty');
        return input;
      },
    };
    const spoiled = await instantiate<Exports>(
      await built('edge-handler/rust'),
      { 'example:service/processor': processor },
      { engine, trace: spoil },
    );
    expect([spoiled['handleRequest']!('a b'), spoiled['handleRequest']!('')]).toEqual([
      'ok: a b',
      'err: empty',
    ]);
    expect(seen).toEqual([
      { id: 3n, tags: ['a', 'b'] },
      { id: 0n, tags: [] },
    ]);
  });

  it('leaves the values of the host alone, and reads each part once', async () => {
    const imports = { 'test:faults/clock@1.2.3': { now: () => 7n }, stamp: (number: number) => number };
    const guest = await instantiate<Exports>(await built('faults'), imports, { engine, trace: spoil });
    const bytes = Uint8Array.of(1, 2, 3);
    expect(guest['echoBytes']!(bytes)).toEqual(Uint8Array.of(1, 2, 3));
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
    let reads = 0;
    const marked = {
      get before() {
        reads += 1;
        return reads;
      },
      nine: { i: true },
      seventeen: {},
      behind: 2,
    };
    expect(guest['echoMarked']!([marked])).toMatchObject([{ before: 1, nine: { i: true }, behind: 2 }]);
    expect(marked.nine).toEqual({ i: true });
    expect(guest['echoStrings']!(['a', 'b'].values())).toEqual(['a', 'b']);
  });

  it('gets errors of the same class, with their properties', async () => {
    const events: TraceEvent[] = [];
    const { crash } = await instantiate<Exports>(
      await built('nested'),
      { 'test:nested/log': { write: () => undefined } },
      { engine, trace: (event) => events.push(event) },
    );
    const error = thrown(() => crash!('x'));
    const { error: traced } = events.at(-1) as { readonly error: Trap };
    expect(traced).toBeInstanceOf(Trap);
    expect([traced.message, traced.cause, traced.stack]).toEqual([error.message, error.cause, error.stack]);
    traced.message = 'other';
    expect(error.message).toContain('unreachable');
  });
});

/** Writes into every part of an event. */
function spoil(event: TraceEvent): void {
  for (const value of Object.values(event)) overwrite(value);
}

function overwrite(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) overwrite(inner);
  if (ArrayBuffer.isView(value)) (value as Uint8Array).fill(0);
  else if (Array.isArray(value)) value.push('other');
  for (const key of Object.keys(value)) Reflect.set(value, key, 'other');
  if (value instanceof Error) Object.assign(value, { message: 'other', payload: 'other' });
}
