import { describe, expect, it } from 'vitest';
import { memoryDirectory } from '../files/memory/open-memory-directory.ts';
import { preview1Module } from '../fixtures/preview1-module.ts';
import { smallProgram, testProgram, textOutput } from '../fixtures/programs.ts';
import { exitOf, type Grants, preview1 } from '../preview1.ts';

const ENDS_WITH_A_TRAP = [0x00];

/** Instantiates a module as a loader would that knows nothing of this package. */
async function loaded(bytes: Uint8Array<ArrayBuffer>, grants: Grants = {}) {
  const wasi = await preview1(grants);
  const { instance } = await WebAssembly.instantiate(bytes, wasi.getImportObject());
  return { wasi, instance };
}

describe('a command with a loader of its own', () => {
  it('runs with what is granted, and returns its exit code when its output has left', async () => {
    const { write, text } = textOutput();
    const stdout = new WritableStream<Uint8Array>({
      async write(chunk) {
        await new Promise((resolve) => void setTimeout(resolve, 1));
        write(chunk);
      },
    });
    const bytes = await testProgram('hello-env/built/rust.wasm');
    const { wasi, instance } = await loaded(bytes, { env: { NAME: 'Ada' }, stdout, exit: true });
    expect(await wasi.start(instance)).toBe(0);
    expect(text()).toBe('Hello, Ada!\n');
  });

  it('is refused everything else, and the host hears of it', async () => {
    const refusals: string[] = [];
    const bytes = await testProgram('read-file/built/rust.wasm');
    const args = ['read-file', '/etc/passwd'];
    const onRefused = ({ asked }: { readonly asked: string }) => void refusals.push(asked);
    const { wasi, instance } = await loaded(bytes, { args, exit: true, onRefused });
    expect([await wasi.start(instance), refusals]).toEqual([1, ['/etc/passwd']]);
  });

  it('rejects with the trap that ends it', async () => {
    const { wasi, instance } = await loaded(smallProgram(ENDS_WITH_A_TRAP));
    await expect(wasi.start(instance)).rejects.toMatchObject({
      name: 'Trap',
      message: 'the program trapped: unreachable',
    });
  });

  it('cannot be initialized, nor started twice', async () => {
    const { wasi, instance } = await loaded(smallProgram([]));
    expect(() => wasi.initialize(instance)).toThrow(
      new TypeError('the instance has `_start`: a command is run with `start`'),
    );
    expect(await wasi.start(instance)).toBe(0);
    await expect(wasi.start(instance)).rejects.toThrow(
      new TypeError('these functions belong to another instance: call `preview1` for each instance'),
    );
  });
});

describe('a library with a loader of its own', () => {
  it('calls the functions after it was initialized, until they are closed', async () => {
    const dirs = [{ host: memoryDirectory({ file: 'text' }), guest: '/', write: true }];
    const { wasi, instance } = await loaded(preview1Module(), { dirs, exit: true });
    wasi.initialize(instance);
    const { memory, path_open, fd_filestat_get, proc_exit } = instance.exports as Record<string, never> & {
      readonly memory: WebAssembly.Memory;
      readonly path_open: (...args: readonly (number | bigint)[]) => number;
      readonly fd_filestat_get: (fd: number, pointer: number) => number;
      readonly proc_exit: (code: number) => void;
    };
    new TextEncoder().encodeInto('file', new Uint8Array(memory.buffer, 100));
    expect(path_open(3, 0, 100, 4, 0, 2n, 0n, 0, 8)).toBe(0);
    const fd = new DataView(memory.buffer).getUint32(8, true);
    expect([fd_filestat_get(fd, 16), new DataView(memory.buffer).getBigUint64(48, true)]).toEqual([0, 4n]);
    let thrown: unknown;
    try {
      proc_exit(7);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(WebAssembly.RuntimeError);
    expect(exitOf(wasi.reasonFor(thrown))?.code).toBe(7);
    wasi.close();
    expect(fd_filestat_get(fd, 16)).not.toBe(0);
    expect(fd_filestat_get(3, 16)).not.toBe(0);
  });

  it('cannot be started, and has to export its memory', async () => {
    const { wasi, instance } = await loaded(preview1Module());
    await expect(wasi.start(instance)).rejects.toThrow(
      new TypeError('the instance has no `_start`: a reactor is initialized with `initialize`'),
    );
    const empty = new WebAssembly.Instance(
      new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)),
    );
    expect(() => wasi.initialize(empty)).toThrow(
      new TypeError('the instance does not export its memory as `memory`'),
    );
  });
});
