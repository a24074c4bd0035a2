import { thrown } from '@wit-ts/dev-support/thrown';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  ComponentError,
  compile,
  componentModules,
  DecodeError,
  instantiate,
  instantiateSync,
  LinkError,
  Trap,
} from './index.ts';

interface Handler {
  handleRequest(req: string): string;
}

const built = (path: string) => readFile(new URL(`../../../test-components/${path}`, import.meta.url));
const edgeHandler = await built('edge-handler/built/rust.wasm');
const benchGuest = await built('bench-guest/built/wat.wasm');

const processor = {
  processData(input: string, { id, tags }: { id: bigint; tags: string[] }): string {
    if (input === '') throw new ComponentError('Input cannot be empty');
    return `${id} ${tags.join('+')} ${input.toUpperCase()}`;
  },
};
const imports = { 'example:service/processor': processor };

describe('instantiate', () => {
  it.each(['compile', 'reference'] as const)('runs a component with the %s engine', async (engine) => {
    const handler = await instantiate<Handler>(edgeHandler, imports, { engine });
    expect(handler.handleRequest('hello edge')).toBe('ok: 10 hello+edge HELLO EDGE');
    expect(handler.handleRequest('')).toBe('err: Input cannot be empty');
  });

  it('accepts the bytes of a component in every form', async () => {
    const buffer = new Uint8Array(edgeHandler).buffer;
    const response = new Response(buffer, { headers: { 'content-type': 'application/wasm' } });
    const modules = await Promise.all(
      componentModules(edgeHandler).map((module) => WebAssembly.compile(new Uint8Array(module))),
    );
    for (const source of [
      edgeHandler,
      buffer,
      response,
      Promise.resolve(edgeHandler),
      { bytes: edgeHandler, modules },
    ]) {
      const handler = await instantiate<Handler>(source, imports);
      expect(handler.handleRequest('x')).toBe('ok: 1 x X');
    }
  });

  it('reports the status of a failed response', async () => {
    const response = new Response('gone', { status: 404, statusText: 'Not Found' });
    await expect(compile(response)).rejects.toThrow(
      'the component could not be fetched: the Response answered 404 Not Found',
    );
    await expect(compile(new Response('gone', { status: 503 }))).rejects.toThrow(
      /: the Response answered 503$/u,
    );
  });

  it.each([undefined, null, 42, 'text', []])('refuses %j as a component', async (source) => {
    await expect(compile(source as never)).rejects.toThrow(/expected a component as Uint8Array/u);
  });

  it('refuses a core module', async () => {
    const module = componentModules(edgeHandler)[0]!;
    await expect(compile(new Uint8Array(module))).rejects.toThrow(DecodeError);
    await expect(compile(new Uint8Array(module))).rejects.toThrow(/core module/u);
  });

  it('creates many instances of one compiled component, which share no state', async () => {
    const component = await compile(edgeHandler);
    const handlers = [1, 2, 3].map((n) =>
      instantiateSync<Handler>(component, {
        'example:service/processor': { processData: () => `host ${n}` },
      }),
    );
    expect(handlers.map((handler) => handler.handleRequest('x'))).toEqual([
      'ok: host 1',
      'ok: host 2',
      'ok: host 3',
    ]);
  });

  it('returns frozen exports', async () => {
    const handler = await instantiate<Handler>(edgeHandler, imports);
    expect(Object.keys(handler)).toEqual(['handleRequest']);
    expect(Object.isFrozen(handler)).toBe(true);
  });
});

describe('linking', () => {
  it('lists all missing imports before anything runs', async () => {
    await expect(instantiate(edgeHandler)).rejects.toThrow(LinkError);
    await expect(instantiate(edgeHandler)).rejects.toThrow(
      /example:service\/processor › process-data: expected a function \(func\(input: string, meta: record.*\) -> result<string, string>\), got nothing\n\s+the imports have no key 'example:service\/processor'/u,
    );
    const problem = await instantiate(benchGuest, { 'bench:guest/host': { add: 3 } }).catch(
      (error: unknown) => error,
    );
    expect((problem as LinkError).problems.map(({ path, given }) => [path.join(' '), given])).toEqual([
      ['bench:guest/host add', 'a number'],
      ['bench:guest/host echo', 'nothing'],
    ]);
  });

  it('accepts inherited members, except those that every object inherits', async () => {
    const inherited = Object.create({ processData: processor.processData }) as object;
    const handler = await instantiate<Handler>(edgeHandler, { 'example:service/processor': inherited });
    expect(handler.handleRequest('x')).toBe('ok: 1 x X');
    await expect(instantiate(edgeHandler, Object.prototype as never)).rejects.toThrow(LinkError);
  });

  it('calls the methods of a class with their `this`', async () => {
    class Service {
      readonly name = 'service';
      processData(): string {
        return this.name;
      }
    }
    const inherited = await instantiate<Handler>(edgeHandler, { 'example:service/processor': new Service() });
    expect(inherited.handleRequest('x')).toBe('ok: service');
  });
});

describe('a call that fails', () => {
  it('gives the guest the err of a result that the host throws', async () => {
    for (const error of [new ComponentError('no'), Object.assign(new Error('x'), { payload: 'no' }), 'no']) {
      const handler = await instantiate<Handler>(edgeHandler, {
        'example:service/processor': {
          processData() {
            throw error;
          },
        },
      });
      expect(handler.handleRequest('x')).toBe('err: no');
    }
  });

  it('traps on any other error of the host, keeps it as the cause, and closes the instance', async () => {
    const fault = new RangeError('host bug');
    const handler = await instantiate<Handler>(edgeHandler, {
      'example:service/processor': {
        processData() {
          throw fault;
        },
      },
    });
    const trap = thrown(() => handler.handleRequest('x'));
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toContain(
      "example:service/processor#process-data: the host's function threw: host bug",
    );
    expect(trap.cause).toBe(fault);
    expect(thrown(() => handler.handleRequest('x')).message).toMatch(/cannot enter component instance/u);
  });

  it('names the path of a wrong argument and leaves the instance usable', async () => {
    const guest = await instantiate(benchGuest, {
      'bench:guest/host': { add: () => 0, echo: (text: string) => text },
    });
    expect(() => guest['process']('x', { id: 1.5, tags: [] })).toThrow(
      new TypeError('process: argument meta.id: expected u64, got 1.5'),
    );
    expect(() => guest['process']('x', { id: 1n, tags: ['a', 3] })).toThrow(
      /argument meta\.tags\[1\]: expected a string, got 3/u,
    );
    expect(guest['process']('x', { id: 1, tags: ['a'] })).toBe('x');
    expect(thrown(() => guest['process']('x', { id: 1n, tags: [] }))).toMatchObject({
      name: 'ComponentError',
      payload: 'x',
    });
  });

  it('refuses a promise from a synchronous import', async () => {
    const handler = await instantiate<Handler>(edgeHandler, {
      'example:service/processor': { processData: () => Promise.resolve('later') },
    });
    expect(thrown(() => handler.handleRequest('x')).message).toMatch(/got a promise/iu);
  });

  it('traps when the host re-enters a running instance', async () => {
    const handler: Handler = await instantiate<Handler>(edgeHandler, {
      'example:service/processor': { processData: () => handler.handleRequest('again') },
    });
    expect(thrown(() => handler.handleRequest('x')).message).toMatch(/cannot enter component instance/u);
  });
});
