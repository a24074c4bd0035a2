import { thrown } from '@wit-ts/dev-support/thrown';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { built } from '../fixtures/components.ts';
import { type Component, ComponentError, compile, instantiate, instantiateSync, Trap } from '../index.ts';

interface Handler {
  handleRequest(request: string): Promise<string>;
}

type ProcessData = (input: string) => unknown;

/** Returns a function of the host that rejects. */
function refuse(reason: unknown): ProcessData {
  return () => Promise.reject(reason as Error);
}

/** What an instance may have beside the option, which must change nothing. */
const VARIANTS = [
  ['compile', {}],
  ['reference', {}],
  ['compile', { trace: () => undefined }],
  ['reference', { trace: () => undefined }],
  ['compile', { limits: { memoryBytes: 2 ** 20, valueBytes: 1000 } }],
] as const;

describe.each(VARIANTS)('a synchronous import that returns a promise (%s, %o)', async (engine, options) => {
  const component = await compile(await built('edge-handler'), { engine });

  const made = (processData: ProcessData, suspend: unknown = true): Promise<Handler> =>
    instantiate<Handler>(
      component,
      { 'example:service/processor': { processData } },
      { ...options, suspend: suspend as true },
    );

  it('suspends the component until the promise settles', async () => {
    const { handleRequest } = await made(async (input) => {
      await sleep(1);
      return input.toUpperCase();
    });
    expect(await handleRequest('hällo 🦊')).toBe('ok: HÄLLO 🦊');
    expect(await handleRequest('again')).toBe('ok: AGAIN');
  });

  it('lets the export return a promise also if the import answers at once', async () => {
    const { handleRequest } = await made((input) => input);
    const promise = handleRequest('now');
    expect(promise).toBeInstanceOf(Promise);
    expect(await promise).toBe('ok: now');
  });

  it('gives the component the `err` with which the promise rejects', async () => {
    expect(await (await made(refuse('refused'))).handleRequest('a')).toBe('err: refused');
    expect(await (await made(refuse(new ComponentError('thrown')))).handleRequest('a')).toBe('err: thrown');
  });

  it('ends the component with a trap if the promise rejects with a fault of the host', async () => {
    const { handleRequest } = await made(() => Promise.reject(new Error('no network')));
    const waiting = [handleRequest('a'), handleRequest('b')];
    const [first, second] = await Promise.allSettled(waiting);
    const { reason } = first as PromiseRejectedResult;
    expect(reason).toBeInstanceOf(Trap);
    expect(reason).toMatchObject({ cause: { message: 'no network' } });
    expect(String(reason)).toContain(
      "example:service/processor#process-data: the promise of the host's function was rejected: no network",
    );
    expect(String((second as PromiseRejectedResult).reason)).toContain('it failed before');
    await expect(handleRequest('c')).rejects.toThrow('it failed before');
  });

  it('refuses a value of the wrong type, for this and all further calls', async () => {
    const { handleRequest } = await made(() => Promise.resolve(7));
    await expect(handleRequest('a')).rejects.toThrow(/process-data: .*expected a string, got 7/u);
    await expect(handleRequest('a')).rejects.toThrow(Trap);
  });

  it('makes later calls wait for their turn, in their order', async () => {
    const log: string[] = [];
    const { handleRequest } = await made(async (input) => {
      log.push(`+${input}`);
      await sleep(input === 'a' ? 5 : 0);
      log.push(`-${input}`);
      return input;
    });
    const answers = ['a', 'b', 'c'].map(async (text) => log.push(await handleRequest(text)));
    expect(log).toEqual(['+a']);
    await Promise.all(answers);
    expect(log.filter((each) => !each.startsWith('ok'))).toEqual(['+a', '-a', '+b', '-b', '+c', '-c']);
    expect(log.filter((each) => each.startsWith('ok'))).toEqual(['ok: a', 'ok: b', 'ok: c']);
  });

  it('keeps the turn of a call that was made while the call before it ended', async () => {
    const log: string[] = [];
    const { handleRequest } = await made((input) => {
      log.push(input);
      return Promise.resolve(input);
    });
    const late = handleRequest('a').then(() => handleRequest('c'));
    await Promise.all([handleRequest('b'), late]);
    expect(log).toEqual(['a', 'b', 'c']);
  });

  it('may call the component, whose answer comes after its own', async () => {
    let inner: Promise<string> | undefined;
    const handler: Handler = await made((input) => {
      if (input === 'outer') inner = handler.handleRequest('inner');
      return Promise.resolve(input);
    });
    expect(await handler.handleRequest('outer')).toBe('ok: outer');
    expect(await inner).toBe('ok: inner');
  });

  it('refuses arguments by rejecting, and leaves the component usable', async () => {
    const { handleRequest } = await made((input) => Promise.resolve(input));
    await expect(handleRequest(5 as never)).rejects.toThrow(TypeError);
    expect(await handleRequest('b')).toBe('ok: b');
  });
});

describe('the option `suspend`', async () => {
  const component = await compile(await built('edge-handler'));
  const imports = { 'example:service/processor': { processData: (input: string) => Promise.resolve(input) } };
  const made = (suspend: unknown, of: Component = component): Promise<Handler> =>
    instantiate<Handler>(of, imports, { suspend: suspend as true });

  it.each([
    'process-data',
    'processor',
    'processor#process-data',
    'example:service/processor#process-data',
    'example:service/processor',
  ])('takes the name %s', async (name) => {
    expect(await (await made([name])).handleRequest('a')).toBe('ok: a');
    expect(await (await made({ imports: [name], exports: true })).handleRequest('a')).toBe('ok: a');
  });

  it('refuses an unknown name and suggests another one', async () => {
    await expect(made(['processor#proces-data'])).rejects.toThrow(
      new TypeError(
        '`options.suspend`: the component imports no function "processor#proces-data"; ' +
          'did you mean "processor#process-data"?',
      ),
    );
  });

  it.each([[false], ['process-data'], [{}], [[1]], [{ imports: 'a' }], [{ imports: true, exports: [1] }]])(
    'refuses %o',
    async (suspend) => {
      await expect(made(suspend)).rejects.toThrow(/options\.suspend.*: expected true or a list/u);
    },
  );

  it('leaves exports as they are that cannot reach a function of the list', async () => {
    const { handleRequest } = await instantiate<{ handleRequest(text: string): string }>(
      component,
      { 'example:service/processor': { processData: (input: string) => input } },
      { suspend: [] },
    );
    expect(handleRequest('a')).toBe('ok: a');
  });

  it('lets a promise be a TypeError in exports that the object form does not name', async () => {
    const { handleRequest } = await made({ imports: true, exports: [] });
    const error = thrown(() => handleRequest('a'));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(
      'example:service/processor#process-data: result: expected a value, got a Promise: `handle-request` cannot ' +
        'wait for it, because it does not return a promise (constructors and destructors never do)',
    );
    expect(error.cause).toBeInstanceOf(Promise);
  });

  it('works with `instantiateSync` once `instantiate` has loaded its code', async () => {
    await made(true);
    expect(await instantiateSync<Handler>(component, imports, { suspend: true }).handleRequest('a')).toBe(
      'ok: a',
    );
  });
});

describe('without suspended stacks on the platform', async () => {
  const component = await compile(await built('edge-handler'));
  afterEach(() => vi.unstubAllGlobals());

  const made = (processData: ProcessData): Promise<Handler> => {
    const {
      promising: _,
      Suspending: __,
      ...older
    } = Object.getOwnPropertyDescriptors(WebAssembly) as Record<string, PropertyDescriptor>;
    vi.stubGlobal('WebAssembly', Object.defineProperties({}, older));
    return instantiate<Handler>(
      component,
      { 'example:service/processor': { processData } },
      { suspend: true },
    );
  };

  it('an import may answer at once', async () => {
    expect(await (await made((input) => input)).handleRequest('a')).toBe('ok: a');
  });

  it('a promise is a trap that names the function and the platforms', async () => {
    const error: unknown = await (
      await made(() => Promise.resolve('a'))
    )
      .handleRequest('a')
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Trap);
    expect((error as Trap).message).toContain(
      '`handle-request` of the component would have to wait for `example:service/processor#process-data`, and this ' +
        'platform cannot suspend the stack of a component: use Node 24',
    );
  });
});
