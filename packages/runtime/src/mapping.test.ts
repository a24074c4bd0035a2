import type { MappingChoices } from '@wit-ts/mapping';
import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import {
  compile,
  ComponentError,
  instantiate,
  instantiateSync,
  type InstantiateOptions,
  Trap,
  type TraceEvent,
} from './index.ts';

/* oxlint-disable typescript/no-explicit-any -- the names and types of each choice are others */

const IMPORT = 'example:choices/file-store';

function none(): never {
  throw new Error('not asked');
}

/** Answers by the promise of a result. */
async function processData(input: string): Promise<unknown> {
  return input === '' ? { tag: 'err', val: 'empty' } : { tag: 'ok', val: input.toUpperCase() };
}

/** A resource whose constructor may fail. */
class Lock {
  readonly fileName: string;
  constructor(fileName: string) {
    if (fileName === '') throw new ComponentError('no name');
    this.fileName = fileName;
  }
}

/** A host that answers each function with what the test wants. */
function host(
  functions: Readonly<Record<string, unknown>>,
  world: Readonly<Record<string, unknown>> = {},
): object {
  class FileHandle {
    readonly fileName: string;
    constructor(fileName: string) {
      this.fileName = fileName;
    }
    readAll(): string {
      return this.fileName;
    }
    'read-all'(): unknown {
      return { tag: 'ok', val: this.fileName };
    }
    static countFiles = none;
    static 'count-files' = none;
  }
  const names = ['openFile', 'findFiles', 'changeMode', 'otherFilter', 'tryNothing'];
  const all = Object.fromEntries(
    [...names, 'open-file', 'find-files', 'change-mode', 'other-filter', 'try-nothing'].map((name) => [
      name,
      none,
    ]),
  );
  return {
    [IMPORT]: { ...all, FileHandle, Lock, ...functions },
    sayHello: none,
    'say-hello': none,
    ...world,
  };
}

describe.each(['compile', 'reference'] as const)('the option `mapping` (%s)', async (engine) => {
  const component = await compile(await built('choices'), { engine });
  const made = (
    mapping: MappingChoices,
    functions: Readonly<Record<string, unknown>>,
    world?: Readonly<Record<string, unknown>>,
    options: InstantiateOptions = {},
  ): Promise<any> =>
    instantiate(component, host(functions, world) as Readonly<Record<string, unknown>>, {
      ...options,
      mapping,
    });

  it('lets functions return results as values, and host functions too', async () => {
    const exports = await made(
      { results: 'value' },
      {
        findFiles: ({ tag }: { tag: string }) =>
          tag === 'all-files' ? { tag: 'ok', val: [] } : { tag: 'err', val: 'no such file' },
        tryNothing: () => ({ tag: 'err' }),
      },
      { sayHello: (name: string) => ({ tag: 'ok', val: `hello ${name}` }) },
    );
    expect(exports.fileStore.findFiles({ tag: 'all-files' })).toEqual({ tag: 'ok', val: [] });
    expect(exports.fileStore.findFiles({ tag: 'newer-than', val: 5n })).toEqual({
      tag: 'err',
      val: 'no such file',
    });
    expect(exports.fileStore.tryNothing()).toEqual({ tag: 'err', val: undefined });
    expect(exports.greetUser('Ada')).toEqual({ tag: 'ok', val: 'hello Ada' });
    expect(new exports.fileStore.FileHandle('a').readAll).toBeTypeOf('function');
  });

  it('lets constructors throw under all choices, because `new` gives nothing but an object', async () => {
    for (const results of ['thrown', 'value'] as const) {
      const { fileStore } = await made({ results }, {});
      expect(new fileStore.Lock('a')).toBeInstanceOf(fileStore.Lock);
      const error = thrown(() => new fileStore.Lock(''));
      expect(error).toBeInstanceOf(ComponentError);
      expect((error as ComponentError).payload).toBe('no name');
    }
  });

  it('ends the component when a host function throws instead of returning a result', async () => {
    const exports = await made(
      { results: 'value' },
      {},
      {
        sayHello: () => {
          throw new ComponentError('busy');
        },
      },
    );
    const error = thrown(() => exports.greetUser('Ada'));
    expect(error).toBeInstanceOf(Trap);
    expect(error.message).toContain("say-hello: the host's function threw");
  });

  it('refuses a result that is not a value, with its path', async () => {
    const exports = await made({ results: 'value' }, {}, { sayHello: (name: string) => name });
    expect(thrown(() => exports.greetUser('Ada')).message).toBe(
      'say-hello: result: expected an object with a tag, got "Ada"',
    );
  });

  it('makes flags a bigint, in parameters, records and results', async () => {
    const seen: unknown[] = [];
    const { fileStore } = await made(
      { flags: 'bigint' },
      {
        changeMode: (mode: bigint) => (seen.push(mode), mode ^ 7n),
        openFile: (fileName: string, openMode: bigint) => ({ fileName, openMode }),
      },
    );
    expect(fileStore.changeMode(0b001n)).toBe(0b110n);
    expect(seen).toEqual([1n]);
    expect(fileStore.openFile('a', 5n)).toEqual({ fileName: 'a', openMode: 5n, sizeHint: undefined });
    expect(thrown(() => fileStore.changeMode(8n)).message).toBe(
      'example:choices/file-store#change-mode: argument openMode: ' +
        'expected a bigint from 0n to 7n (canRead, canWrite, isHidden), got 8n',
    );
    // The component is as it was.
    expect(fileStore.changeMode(0n)).toBe(7n);
  });

  it('keeps names as WIT has them', async () => {
    const exports = await made(
      { casing: 'wit' },
      {
        'open-file': (name: string, mode: Readonly<Record<string, boolean>>) => ({
          'file-name': name,
          'open-mode': mode,
        }),
      },
      { 'say-hello': (name: string) => `hello ${name}` },
    );
    const store = exports['file-store'];
    expect(store).toBe(exports[IMPORT]);
    expect(Object.keys(store)).toEqual([
      'FileHandle',
      'Lock',
      'open-file',
      'find-files',
      'change-mode',
      'other-filter',
      'try-nothing',
    ]);
    expect(store['open-file']('a', { 'IS-hidden': true })).toEqual({
      'file-name': 'a',
      'open-mode': { 'can-read': false, 'can-write': false, 'IS-hidden': true },
      'size-hint': undefined,
    });
    expect(thrown(() => store['open-file']('a', { isHidden: true })).message).toContain(
      'argument open-mode: unknown flag "isHidden", expected one of "can-read", "can-write", "IS-hidden"',
    );
    expect(exports['greet-user']('Ada')).toBe('hello Ada');
    expect(exports.greetUser).toBeUndefined();
    const handle = new store.FileHandle('b');
    expect(Object.getOwnPropertyNames(store.FileHandle.prototype)).toContain('read-all');
    expect(store.FileHandle['count-files']).toBeTypeOf('function');
    handle[Symbol.dispose]();
  });

  it('looks for imports under their WIT names only', async () => {
    const { 'say-hello': _, ...others } = host({}) as Record<string, unknown>;
    const instance = instantiate(component, others, { mapping: { casing: 'wit' } });
    await expect(instance).rejects.toThrow(/say-hello/u);
  });

  it('takes all choices together, with limits and a trace, whose events have the same values', async () => {
    const events: TraceEvent[] = [];
    const mapping = { results: 'value', flags: 'bigint', casing: 'wit' } as const;
    const exports = await made(
      mapping,
      {
        'open-file': (name: string, mode: bigint) => ({
          tag: 'ok',
          val: { 'file-name': name, 'open-mode': mode, 'size-hint': 3 },
        }),
        FileHandle: class {
          'read-all'(): unknown {
            return { tag: 'err', val: 'loud' };
          }
          static 'count-files'(): unknown {
            return { tag: 'ok', val: 2 };
          }
        },
      },
      {},
      { limits: { memoryBytes: 2 ** 20 }, trace: (event) => void events.push(event) },
    );
    const store = exports['file-store'];
    const result = { tag: 'ok', val: { 'file-name': 'a', 'open-mode': 2n, 'size-hint': 3 } };
    expect(store['open-file']('a', 2n)).toEqual(result);
    expect(new store.FileHandle('a')['read-all']()).toEqual({ tag: 'err', val: 'loud' });
    expect(store.FileHandle['count-files']('a')).toEqual({ tag: 'ok', val: 2 });
    const returned = events.filter((event) => event.tag === 'return' && event.name.endsWith('open-file'));
    expect(returned).toHaveLength(2);
    for (const event of returned) expect(event).toMatchObject({ value: result });
  });

  it('can be given to each instance of one component, which shares its code with others of the same choices', async () => {
    const functions = { changeMode: (mode: unknown) => mode };
    const [plain, bits] = [await made({}, functions), await made({ flags: 'bigint' }, functions)];
    const modes = { canRead: true, canWrite: false, isHidden: false };
    expect(plain.fileStore.changeMode(modes)).toEqual(modes);
    expect(bits.fileStore.changeMode(1n)).toBe(1n);
    const again = instantiateSync(component, host(functions) as Record<string, unknown>, {
      mapping: { flags: 'bigint' },
    });
    expect(again['fileStore'].changeMode(1n)).toBe(1n);
  });
});

describe('the option `mapping`', async () => {
  const component = await compile(await built('choices'));

  it.each<[unknown, string]>([
    ['value', "`options.mapping`: expected an object with 'results', 'flags' or 'casing'"],
    [null, "`options.mapping`: expected an object with 'results', 'flags' or 'casing'"],
    [
      { result: 'value' },
      "`options.mapping`: there is no choice \"result\"; expected 'results', 'flags' or 'casing'",
    ],
    [{ results: 'values' }, "`options.mapping.results`: expected 'thrown' or 'value', got \"values\""],
    [{ flags: 1 }, "`options.mapping.flags`: expected 'object' or 'bigint', got number"],
  ])('refuses %o', async (given, message) => {
    const options = { mapping: given as MappingChoices };
    await expect(instantiate(component, {}, options)).rejects.toThrow(new TypeError(message));
    expect(thrown(() => instantiateSync(component, {}, options)).message).toBe(message);
  });
});

describe.each(['compile', 'reference'] as const)(
  'asynchronous functions with results as values (%s)',
  async (engine) => {
    const component = await compile(await built('tasks'), { engine });

    it('resolve with the result', async () => {
      const { check } = await instantiate(
        component,
        { ask: (a: number) => a },
        { mapping: { results: 'value' } },
      );
      expect(await check(5)).toEqual({ tag: 'ok', val: 5 });
      expect(await check(0)).toEqual({ tag: 'err', val: 'refused' });
      await expect(check(-1)).rejects.toThrow(TypeError);
    });

    it('resolve a future with it, which is one promise with that of the call', async () => {
      const waiting = await compile(await built('waiting/guest'), { engine });
      const { divide } = await instantiate(waiting, {}, { mapping: { results: 'value' } });
      expect(await divide(6, 2)).toEqual({ tag: 'ok', val: 3 });
      expect(await divide(6, 0)).toEqual({ tag: 'err', val: 'division by zero' });
    });

    it('take it from the promise of a synchronous import that waits', async () => {
      const handler = await compile(await built('edge-handler'), { engine });
      const { handleRequest } = await instantiate(
        handler,
        { 'example:service/processor': { processData } },
        { suspend: true, mapping: { results: 'value' } },
      );
      expect(await handleRequest('a')).toBe('ok: A');
      expect(await handleRequest('')).toBe('err: empty');
    });
  },
);
