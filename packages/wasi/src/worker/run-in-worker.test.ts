import { compile } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { ENDLESS, smallProgram, testProgram, textOutput } from '../fixtures/programs.ts';
import { streamOf } from '../fixtures/web-streams.ts';
import { memoryDirectory, type Refusal, runInWorker, TimeoutError } from '../index.ts';

describe('runInWorker', () => {
  it('ends a program that loops for ever, and leaves this thread free meanwhile', async () => {
    const running = runInWorker(smallProgram(ENDLESS), {}, { timeout: 400 });
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    await expect(running).rejects.toEqual(new TimeoutError(400));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it('ends a program when a signal is aborted', async () => {
    const abort = new AbortController();
    const running = runInWorker(smallProgram(ENDLESS), {}, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 50);
    await expect(running).rejects.toThrow('enough');
    await expect(runInWorker(smallProgram([]), {}, { signal: abort.signal })).rejects.toThrow('enough');
  });

  it('passes streams of the host both ways, with refusals and the exit code', async () => {
    const refused: Refusal[] = [];
    const chunks = Array.from({ length: 300 }, () => new Uint8Array(1000).fill(10));
    const out = new TransformStream<Uint8Array, Uint8Array>();
    const err = textOutput();
    const text = new Response(out.readable).text();
    const code = await runInWorker(await testProgram('sandbox-tour/built/rust.wasm'), {
      args: ['tour', 'one'],
      stdin: streamOf(chunks),
      stdout: out.writable,
      stderr: err.write,
      exit: true,
      onRefused: (refusal) => refused.push(refusal),
    });
    expect(code).toBe(1);
    expect(await text).toContain('stdin: 300000 lines, 300000 bytes\narguments: 1\n  1: one\n');
    expect(err.text()).toContain('stderr: this line\n/data/input.txt: ');
    expect(refused.map(({ asked }) => asked)).toEqual(['/data/input.txt']);
  });

  it('runs a component that is compiled already', async () => {
    const component = await compile(await testProgram('wasi-command/built/c.wasm'));
    const out = textOutput();
    const granted = { stdout: out.write, env: { GREETING: 'hi' }, clocks: true, random: true };
    expect(await runInWorker(component, granted)).toBe(0);
    expect(out.text()).toContain('GREETING: hi\n');
  });

  it.each([
    [smallProgram([0x00]), {}, { name: 'Trap', message: 'the program trapped: unreachable' }],
    [Uint8Array.of(1), {}, { name: 'NotRunnableError' }],
    [
      smallProgram([]),
      { dirs: [{ host: '/does/not/exist', guest: '/a' }] },
      { name: 'FileError', code: 'no-entry' },
    ],
    [
      smallProgram([]),
      { dirs: [{ host: memoryDirectory(), guest: '/a' }] },
      { message: 'grants.dirs[0].host: an open directory stays in its thread; give a path' },
    ],
    [
      smallProgram([]),
      { clocks: { wall: () => 0n } },
      { message: 'grants.clocks.wall: a function stays in its thread; give a bigint' },
    ],
    [smallProgram([]), { net: ['nonsense'] }, { name: 'TypeError' }],
  ])('rejects with the error of the program or of the grants, %#', async (program, grants, error) => {
    await expect(runInWorker(program, grants)).rejects.toMatchObject(error);
  });

  it('fails when an output of the host has failed', async () => {
    const broken = new WritableStream<Uint8Array>({
      write() {
        throw new Error('full');
      },
    });
    const program = await testProgram('hello-env/built/rust.wasm');
    await expect(runInWorker(program, { stdout: broken })).rejects.toMatchObject({ name: 'FileError' });
  });
});
