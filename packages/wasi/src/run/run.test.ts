import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compile, instantiate } from '@wit-ts/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostFolders } from '../fixtures/host-folders.ts';
import { smallProgram, testProgram, textOutput } from '../fixtures/programs.ts';
import { streamOf } from '../fixtures/web-streams.ts';
import { memoryDirectory, readTree, type Refusal, run, wasi } from '../index.ts';

const newFolder = hostFolders();
const programs = new Map<string, Uint8Array<ArrayBuffer>>();
const HELLO = 'hello-env/built/rust.wasm';
const TOUR = 'sandbox-tour/built/rust.wasm';
const COMMAND = 'wasi-command/built/c.wasm';

beforeAll(async () => {
  for (const name of [HELLO, TOUR, COMMAND]) programs.set(name, await testProgram(name));
});

describe('run', () => {
  it.each([HELLO, COMMAND])('gives a program nothing by default: %s', async (name) => {
    const refused: Refusal[] = [];
    const ended = await run(programs.get(name)!, { onRefused: (each) => refused.push(each) }).then(
      (code) => `exit code ${code}`,
      (error: Error) => `${error.name}: ${error.message}`,
    );
    if (name === HELLO) expect([ended, refused]).toEqual(['exit code 0', []]);
    // It asks for random bytes and clocks, which have no error, and it opens files.
    else expect([ended.startsWith('Trap: '), refused.length > 0]).toEqual([true, true]);
  });

  it('runs a program of preview 1 with a directory in memory', async () => {
    const data = memoryDirectory({ 'input.txt': 'text' });
    const out = textOutput();
    const code = await run(programs.get(TOUR)!, {
      dirs: [{ host: data, guest: '/data', write: true }],
      args: ['tour', 'one'],
      env: { A: '1' },
      stdin: 'two\nlines\n',
      stdout: out.write,
    });
    expect(code).toBe(0);
    expect(out.text()).toContain('stdin: 2 lines, 10 bytes\narguments: 1\n  1: one\nenvironment: 1\n  A=1\n');
    expect(readTree(data)).toMatchObject({ 'output.txt': new TextEncoder().encode('TEXT') });
  });

  it('suspends a program that waits for a stream of the host', async () => {
    const out = new TransformStream<Uint8Array, Uint8Array>();
    const text = new Response(out.readable).text();
    const grants = { stdin: streamOf(slowLines()), stdout: out.writable, exit: true };
    expect(await run(programs.get(TOUR)!, grants)).toBe(1);
    expect(await text).toContain('stdin: 3 lines, 14 bytes\n');
  });

  it('runs a component of 0.2, compiled once, as often as it is asked to', async () => {
    const component = await compile(programs.get(COMMAND)!);
    for (const GREETING of ['one', 'two']) {
      const out = textOutput();
      const dirs = [{ host: newFolder(), guest: '/data', write: true }];
      const granted = { dirs, env: { GREETING }, stdout: out.write, clocks: true, random: true };
      expect(await run(component, granted)).toBe(0);
      expect(out.text()).toContain(`GREETING: ${GREETING}\n`);
    }
  });

  it('takes a program in every form', async () => {
    const bytes = programs.get(HELLO)!;
    const larger = new Uint8Array([...bytes, 1, 2, 3]);
    const forms = [
      bytes,
      larger.subarray(0, bytes.length),
      bytes.buffer,
      new Blob([bytes]),
      new Response(bytes),
      Promise.resolve(bytes),
      await WebAssembly.compile(bytes),
    ];
    for (const form of forms) {
      const out = textOutput();
      expect([await run(form, { stdout: out.write }), out.text()]).toEqual([0, 'Hello, World!\n']);
    }
  });

  it('is a Trap when the program traps', async () => {
    await expect(run(smallProgram([0x00]))).rejects.toMatchObject({
      name: 'Trap',
      message: 'the program trapped: unreachable',
    });
  });

  it.each([
    [Uint8Array.of(0x3c, 0x21), 'not a WebAssembly program: it starts with `3c 21`'],
    [Uint8Array.of(0, 97, 115, 109, 13, 0, 1, 0), 'it exports nothing, and not `wasi:cli/run`'],
    ['text', 'a program is its bytes, a WebAssembly.Module or a component of `compile`, got string'],
    [null, 'got null'],
  ])('refuses what is not a program: %s', async (source, message) => {
    const error = await run(source as Uint8Array<ArrayBuffer>).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ name: 'NotRunnableError', message: expect.stringContaining(message) });
  });

  it('says what a component is that exports something else', async () => {
    const error = run(await testProgram('edge-handler/built/wat.wasm'));
    await expect(error).rejects.toThrow(/is not a command: it exports `[^`]+`.*--invoke/u);
  });
});

describe('wasi', () => {
  it('gives the imports of a component, and closes what it holds', async () => {
    const out = textOutput();
    const imports = wasi({ stdout: out.write, env: { GREETING: 'hi' }, clocks: true, random: true });
    const exports = await instantiate<Record<string, { run(): void }>>(programs.get(COMMAND)!, imports);
    exports['wasi:cli/run@0.2.12']!.run();
    expect(out.text()).toContain('GREETING: hi\n');
    imports[Symbol.dispose]();
  });
});

describe('outgoing requests of 0.2', () => {
  it('reach the origins that are granted, and no others', async () => {
    const server = createServer((_, response) => response.writeHead(204).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const origin = `http://127.0.0.1:${port}`;
    const refused: Refusal[] = [];
    const status = async (http: readonly string[]): Promise<unknown> => {
      const imports = wasi({ http, onRefused: (each) => refused.push(each) });
      const { Fields, OutgoingRequest } = imports['wasi:http/types@0.2.12'];
      const request = new OutgoingRequest(new Fields());
      request.setScheme({ tag: 'HTTP' });
      request.setAuthority(`127.0.0.1:${port}`);
      try {
        const future = imports['wasi:http/outgoing-handler@0.2.12'].handle(request, undefined);
        // The pollable waits for a network, which cannot block this thread.
        await future.subscribe().block();
        const result = future.get();
        return result?.tag === 'ok' && result.val.tag === 'ok' ? result.val.val.status() : result;
      } catch (error) {
        return (error as { payload?: { tag?: string } }).payload?.tag;
      } finally {
        imports[Symbol.dispose]();
      }
    };
    try {
      expect(await status([origin])).toBe(204);
      expect(await status(['http://127.0.0.1:1'])).toBe('HTTP-request-denied');
      expect(refused.map(({ asked, flags }) => [asked, flags])).toEqual([[origin, [`--http ${origin}`]]]);
    } finally {
      server.close();
    }
  });
});

/** Lines that arrive one after the other. */
async function* slowLines(): AsyncGenerator<Uint8Array, void> {
  for (const line of ['one\n', 'two\n', 'three\n']) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    yield Buffer.from(line);
  }
}
