import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { inTestComponents } from '../building/paths.ts';

/** What a program gets. Everything is empty if it is absent. */
export interface ProgramInput {
  /** The arguments after the program's name. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Directories of the host by their paths in the guest. */
  readonly dirs?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
}

export interface ProgramResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a program of WASI preview 1 in this process with the host `node:wasi`, which the tests compare with. `built` is
 * a path in `test-components`. The streams are files, because `node:wasi` takes file descriptors.
 */
export async function runWithNodeWasi(built: string, input: ProgramInput = {}): Promise<ProgramResult> {
  return (await measureWithNodeWasi(built, input)).result;
}

/** Runs a program as `runWithNodeWasi` does, and also returns the size of its memory at its end. */
export async function measureWithNodeWasi(
  built: string,
  input: ProgramInput,
): Promise<{ readonly result: ProgramResult; readonly memoryBytes: number }> {
  const module = await WebAssembly.compile(await readFile(inTestComponents(built)));
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-program-'));
  try {
    const [stdin, stdout, stderr] = ['in', 'out', 'err'].map((name) => join(directory, name));
    await writeFile(stdin!, input.stdin ?? '');
    const streams = [openSync(stdin!, 'r'), openSync(stdout!, 'w'), openSync(stderr!, 'w')];
    try {
      const wasi = new WASI({
        version: 'preview1',
        args: ['program', ...(input.args ?? [])],
        env: { ...input.env },
        preopens: { ...input.dirs },
        stdin: streams[0],
        stdout: streams[1],
        stderr: streams[2],
        returnOnExit: true,
      });
      const instance = await WebAssembly.instantiate(module, {
        wasi_snapshot_preview1: wasi.wasiImport as WebAssembly.ModuleImports,
      });
      const code = wasi.start(instance);
      const result = { code, out: await readFile(stdout!, 'utf8'), err: await readFile(stderr!, 'utf8') };
      return { result, memoryBytes: memoryOf(instance).buffer.byteLength };
    } finally {
      for (const stream of streams) closeSync(stream);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Returns the memory that every program of preview 1 exports. */
function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory {
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('the program does not export its memory');
  return memory;
}
