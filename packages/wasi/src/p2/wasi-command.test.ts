import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantiate, type InstantiateOptions } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { hostFolders } from '../fixtures/host-folders.ts';
import type { Grants } from '../grants.ts';
import type { Refusal } from '../refusal.ts';
import { exitOf } from '../system/exit.ts';
import { makeSystem } from '../system/make-system.ts';
import { wasi2, waitingImports2 } from './index.ts';

const newFolder = hostFolders();

interface Command {
  readonly run: { run(): void | Promise<void> };
}

/** Runs a command of `test-components/wasi-command` with grants, in this process. */
async function run(name: string, grants: Grants) {
  const bytes = readFileSync(
    new URL(`../../../../test-components/wasi-command/built/${name}`, import.meta.url),
  );
  const decoder = new TextDecoder();
  const [out, err, refusals]: [string[], string[], Refusal[]] = [[], [], []];
  const system = makeSystem({
    stdout: (chunk) => out.push(decoder.decode(chunk, { stream: true })),
    stderr: (chunk) => err.push(decoder.decode(chunk, { stream: true })),
    onRefused: (refusal) => refusals.push(refusal),
    ...grants,
  });
  let ending: unknown = 'returned';
  let waited = false;
  try {
    const imports = waitingImports2(system);
    const options: InstantiateOptions = imports.length === 0 ? {} : { suspend: { imports } };
    const { run: command } = await instantiate<Command>(bytes, wasi2(system), options);
    const running = command.run();
    waited = running instanceof Promise;
    await running;
  } catch (error) {
    ending = exitOf(error)?.code ?? error;
  }
  system.close();
  return { ending, waited, out: out.join(''), err: err.join(''), refusals };
}

/** All that the command asks for. */
function everything(): Grants {
  const data = join(newFolder(), 'data');
  mkdirSync(data);
  writeFileSync(join(data, 'hello.txt'), 'hello from the host');
  return {
    dirs: [{ host: data, guest: '/data', write: true }],
    env: { GREETING: 'Grüße' },
    args: ['guest', 'one', 'zwei'],
    stdin: 'line one\nline two\n',
    clocks: true,
    random: true,
    exit: true,
  };
}

/** The input of `everything`, line by line. */
async function* slowLines(): AsyncGenerator<Uint8Array> {
  for (const line of ['line one\n', 'line two\n']) {
    await new Promise((resolve) => void setTimeout(resolve, 5));
    yield new TextEncoder().encode(line);
  }
}

describe('a command in C, through the adapter of preview 1', () => {
  it('can use everything that it is granted, and nothing else', async () => {
    const { ending, out, err, refusals } = await run('c.wasm', everything());
    expect(out.split('\n')).toEqual([
      'argument 0: guest',
      'argument 1: one',
      'argument 2: zwei',
      'GREETING: Grüße',
      'input: line one',
      'input: line two',
      '/data/hello.txt: 19 bytes',
      '/data/hello.txt: hello from the host',
      '/data/none.txt: No such file or directory',
      '/elsewhere.txt: Operation not permitted',
      '/data/written.txt: 20 bytes',
      '/data/written.txt: Grüße aus dem Gast',
      '/data/written.txt: No such file or directory',
      '/data/inner/a',
      '/data/inner/b',
      '/data/none: No such file or directory',
      'random: yes, clock: forward, year: present',
      '',
    ]);
    expect(err).toBe('this is an error\n');
    expect(ending).toBe('returned');
    expect(refusals.map(({ asked, reason }) => [asked, reason])).toEqual([
      ['/elsewhere.txt', expect.stringMatching(/^no directory grants it/u)],
    ]);
  });

  it('fails with the code that the adapter makes of its own', async () => {
    const { ending } = await run('c.wasm', { ...everything(), args: ['guest', 'fail'] });
    expect(ending).toBe(1);
  });

  it('traps at the first clock that it is not granted, and the host hears why', async () => {
    const { random, ...rest } = everything();
    const { ending, refusals } = await run('c.wasm', { ...rest, random: false });
    expect(String(ending)).toContain('`random: true` in the grants would allow it');
    expect(refusals.at(-1)).toMatchObject({ interface: 'wasi:random/random@0.2.12' });
    expect(random).toBe(true);
  });

  it('blocks the thread while it sleeps', async () => {
    const start = performance.now();
    const { out, waited } = await run('sleep.wasm', { clocks: true, args: ['sleep', '30'] });
    expect(out).toContain('slept: long enough');
    expect(waited).toBe(false);
    expect(performance.now() - start).toBeGreaterThan(29);
  });

  it('waits with promises for a stream of the host, and otherwise behaves the same', async () => {
    const plain = await run('c.wasm', everything());
    const waiting = await run('c.wasm', { ...everything(), stdin: slowLines() });
    expect(waiting.waited).toBe(true);
    expect({ ...waiting, waited: false }).toEqual(plain);
  });
});
