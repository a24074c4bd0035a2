import { readFile } from 'node:fs/promises';
import { LinkError, Trap } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { ManualSink, ManualSource } from '../fixtures/byte-streams.ts';
import { testSystem } from '../fixtures/test-system.ts';
import { type Refusal, refusalText } from '../refusal.ts';
import { makeSystem } from '../system/make-system.ts';
import type { System } from '../system/system.ts';
import { runPreview1 } from './run-preview1.ts';

const built = (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  readFile(new URL(`../../../../test-components/${path}`, import.meta.url)).then(
    (bytes) => new Uint8Array(bytes),
  );
const folder = temporaryDirectory();
const endings = await WebAssembly.compile(await built('preview1-endings/built/wat.wasm'));
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const endingOf = (name: string, given: Partial<System> = {}): Promise<unknown> =>
  runPreview1(endings, testSystem({ args: ['program', name], ...given })).catch((error: unknown) => error);

describe('a program of preview 1', () => {
  it('has exit code 0 when it comes to its end', async () => {
    expect(await endingOf('nothing')).toBe(0);
  });

  it('ends with `proc_exit`, which it cannot catch', async () => {
    expect(await endingOf('exit')).toBe(33);
  });

  it('cannot catch an exit that comes after it was suspended', async () => {
    const stdin = new ManualSource();
    const ending = endingOf('copy', { stdin });
    stdin.push(bytes('x'));
    stdin.push(new RangeError('a fault of the host'));
    expect(await ending).toMatchObject({
      name: 'Trap',
      message: 'a fault of the host',
    });
  });

  it('traps when it calls `proc_exit` without the grant, which the host hears of', async () => {
    const system = testSystem({ args: ['program', 'exit'], mayExit: false });
    await expect(runPreview1(endings, system)).rejects.toThrow(
      'the program called `proc_exit` with 33; it is not granted; `exit: true` in the grants would allow it',
    );
    expect(system.refusals).toEqual([
      {
        interface: 'wasi_snapshot_preview1',
        function: 'proc_exit',
        asked: '',
        reason: 'it is not granted; `exit: true` in the grants would allow it',
        flags: [],
      },
    ]);
  });

  it('gives the trap of the engine as the cause of a trap', async () => {
    const trap = await endingOf('trap');
    expect(trap).toBeInstanceOf(Trap);
    expect(trap).toMatchObject({ message: 'the program trapped: unreachable' });
    expect((trap as Trap).cause).toBeInstanceOf(WebAssembly.RuntimeError);
  });

  it('traps when its stack is full', async () => {
    expect(await endingOf('recurse')).toMatchObject({
      name: 'Trap',
      message: 'the program trapped: stack overflow',
    });
  });

  it('ends when a function of the host throws, which it cannot catch', async () => {
    const stdout = Object.assign(new ManualSink(Infinity), { block: () => true });
    const fault = new TypeError('no such stream');
    stdout.write = () => {
      throw fault;
    };
    const stdin = Object.assign(new ManualSource(), { block: () => true });
    stdin.push(bytes('x'));
    expect(await endingOf('copy', { stdin, stdout })).toMatchObject({ name: 'Trap', cause: fault });
  });

  it('uses memory that it has added', async () => {
    expect(await endingOf('grow')).toBe(0);
  });

  it('starts from bytes, too', async () => {
    const system = testSystem({ env: [['NAME', 'preview 1']] });
    expect(await runPreview1(await built('hello-env/built/rust.wasm'), system)).toBe(0);
    expect(system.out()).toBe('Hello, preview 1!\n');
  });

  it('gets `notcapable` for clocks and random bytes that are not granted', async () => {
    const system = testSystem({ args: ['program', 'grow'], clocks: undefined });
    await expect(runPreview1(endings, system)).rejects.toThrow('unreachable');
    expect(system.refusals.map((refusal) => refusal.function)).toEqual(['clock_time_get']);
  });
});

describe('a program without a directory', () => {
  it('is refused each path, and the host hears which grant would allow it', async () => {
    const refusals: string[] = [];
    const [stdout, onRefused] = [
      () => undefined,
      (refusal: Refusal) => void refusals.push(refusalText(refusal)),
    ];
    const system = makeSystem({ args: ['read-file', '/etc/passwd'], exit: true, stdout, onRefused });
    expect(await runPreview1(await built('read-file/built/rust.wasm'), system)).toBe(1);
    expect(refusals).toEqual([
      'the program asked for `/etc/passwd`; no directory grants it; `--dir /etc::/etc` would',
    ]);
  });
});

describe('a program that waits in the event loop', () => {
  it.skipIf(!('Suspending' in WebAssembly))('is suspended until its streams are ready', async () => {
    const [stdin, stdout] = [new ManualSource(), new ManualSink(1)];
    const ending = endingOf('copy', { stdin, stdout });
    await Promise.resolve();
    expect(stdout.written).toEqual([]);
    stdin.push(bytes('ab'));
    await new Promise((resolve) => void setTimeout(resolve, 1));
    // The sink took one byte, and the program did not write the other one again.
    expect(stdout.written).toEqual([...bytes('a')]);
    stdin.end();
    expect(await ending).toBe(0);
  });

  it('traps when the platform cannot suspend it', async () => {
    const { Suspending } = WebAssembly as { Suspending?: unknown };
    Reflect.deleteProperty(WebAssembly, 'Suspending');
    try {
      expect(await endingOf('copy', { stdin: new ManualSource() })).toMatchObject({
        name: 'Trap',
        message:
          '`fd_read` has to wait, but this thread cannot be blocked, and the platform has no ' +
          '`WebAssembly.Suspending`: run the program in a worker, or give it streams that never wait',
      });
    } finally {
      if (Suspending !== undefined)
        Object.defineProperty(WebAssembly, 'Suspending', {
          value: Suspending,
          configurable: true,
          writable: true,
        });
    }
  });

  it.skipIf(!('Suspending' in WebAssembly))('sleeps without a thread that could be blocked', async () => {
    const { sleep: _, ...clocks } = testSystem().clocks!;
    const program = await WebAssembly.compile(await built('preview1-calls/built/c.wasm'));
    const system = testSystem({ args: ['program', 'waiting'], clocks }, [
      { guest: '/', host: folder(), write: true },
    ]);
    expect(await runPreview1(program, system)).toBe(0);
    expect(system.out()).toBe(new TextDecoder().decode(await built('preview1-calls/expected/waiting.txt')));
  });
});

describe('a module that is not a program of preview 1', () => {
  it('is refused with all reasons', async () => {
    const module = Uint8Array.from([
      0,
      0x61,
      0x73,
      0x6d,
      1,
      0,
      0,
      0,
      // A type, and two imports of it: `wasi_unstable` `f`, and `wasi_snapshot_preview1` `g`.
      1,
      4,
      1,
      0x60,
      0,
      0,
      2,
      0x2e,
      2,
      13,
      ...bytes('wasi_unstable'),
      1,
      0x66,
      0,
      0,
      22,
      ...bytes('wasi_snapshot_preview1'),
      1,
      0x67,
      0,
      0,
    ]);
    const refused = await runPreview1(module, testSystem()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LinkError);
    expect((refused as LinkError).message.split('\n')).toEqual([
      'this is not a program that WASI preview 1 can run:',
      '  wasi_unstable › f: expected a function, got nothing: only `wasi_snapshot_preview1` can be imported',
      '    the program was built before preview 1: build it with a newer compiler',
      '  wasi_snapshot_preview1 › g: expected a function, got nothing: preview 1 has no such function',
      '  memory: expected an export that is a memory, got nothing',
      '  _start: expected an export that is a function, got nothing',
    ]);
  });
});
