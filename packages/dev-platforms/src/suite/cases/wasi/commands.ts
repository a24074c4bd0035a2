import { instantiateWithGrants, memoryDirectory, readTree } from '@wit-ts/wasi';
import type { Component } from '@wit-ts/runtime';
import { equal, throws } from '../../expect.ts';
import type { CaseContext } from '../../platform-case.ts';
import { suspendsStacks } from '../../platform-features.ts';
import { hasEnded, hasFailed, runGranted, slowStream } from './run-granted.ts';
import { wasiGroup } from './wasi-group.ts';

const everything = () => ({
  dirs: [{ host: memoryDirectory({ 'hello.txt': 'hello from the host' }), guest: '/data', write: true }],
  env: { GREETING: 'Grüße' },
  args: ['guest', 'one'],
  clocks: true,
  random: true,
  exit: true,
});

const OUTPUT = [
  'argument 0: guest',
  'argument 1: one',
  'GREETING: Grüße',
  'input: line one',
  'input: line two',
  '/data/hello.txt: 19 bytes',
  '/data/hello.txt: hello from the host',
  '/data/none.txt: No such file or directory',
  '/elsewhere.txt: …',
  '/data/written.txt: 20 bytes',
  '/data/written.txt: Grüße aus dem Gast',
  '/data/written.txt: No such file or directory',
  '/data/inner/a',
  '/data/inner/b',
  '/data/none: No such file or directory',
  'random: yes, clock: forward, year: present',
  '',
].join('\n');

/** The output without the name of the error for a path that is not granted. */
function withoutReason(out: string): string {
  return out.replace(/(?<=^\/elsewhere\.txt: ).+$/mu, '…');
}

export const commands2 = wasiGroup('0.2', [
  {
    name: 'a command uses everything that it is granted, and nothing else',
    run: async (context) => {
      const run = await runGranted(context, 'wasi-command', {
        ...everything(),
        stdin: 'line one\nline two\n',
      });
      const out = withoutReason(run.out);
      equal({ ...run, out }, { end: 0, out: OUTPUT, err: 'this is an error\n', refused: ['/elsewhere.txt'] });
    },
  },
  {
    name: 'a command has the exit code 1 when it fails',
    run: async (context) => {
      hasEnded(await runGranted(context, 'wasi-command', { ...everything(), args: ['guest', 'fail'] }), {
        end: 1,
      });
    },
  },
  {
    name: 'a command traps when it asks for random bytes that are not granted',
    run: async (context) => {
      const run = await runGranted(context, 'wasi-command', { ...everything(), random: false });
      hasFailed(
        run,
        /`get-random-bytes` of `wasi:random\/random@0\.2\.12`; it is not granted; `random: true` in/u,
      );
    },
  },
  {
    name: 'a command waits for a stream of the host',
    needs: {
      isThere: suspendsStacks,
      otherwise: async (context) => {
        const run = await runGranted(context, 'wasi-command', {
          ...everything(),
          stdin: slowStream(['line\n']),
        });
        hasFailed(run, /this platform cannot suspend/u);
      },
    },
    run: async (context) => {
      const stdin = slowStream(['line one\n', 'line two\n']);
      const { end, out } = await runGranted(context, 'wasi-command', { ...everything(), stdin });
      equal([end, withoutReason(out)], [0, OUTPUT]);
    },
  },
  {
    name: 'a command sleeps',
    run: async (context) => {
      const run = await runGranted(context, 'wasi-command/sleep', { clocks: true, args: ['sleep', '30'] });
      hasEnded(run, { end: 0, out: 'slept: long enough\n' });
    },
  },
]);

/** Some exports of `test-components/wasi3`, which wait with their stacks suspended. */
interface Programs {
  copy(): Promise<bigint>;
  readFile(path: string, offset: bigint): Promise<string>;
  writeFile(path: string, text: string, offset: bigint, append: boolean): Promise<void>;
  listDirectory(): Promise<string>;
}

const READ_ONLY = 33;

const suspended = {
  isThere: suspendsStacks,
  otherwise: async (context: CaseContext) => {
    const { exports } = await instantiateWithGrants<Programs>(await wasi3(context), { stdin: 'text' });
    await throws(() => exports.copy(), 'Trap', /would have to wait for .*, and this platform/u);
  },
};

async function wasi3(context: CaseContext): Promise<Component> {
  return context.component('wasi3');
}

export const commands3 = wasiGroup('0.3', [
  {
    name: 'a hundred tasks of a command wait at once',
    run: async (context) => {
      const { end, out } = await runGranted(context, 'sleepers', { clocks: true });
      equal(end, 0);
      equal(
        out.replace(/\d+ ms together/u, 'N ms together'),
        '100 naps, 100 at once; 5050 ms one after another, N ms together\n',
      );
    },
  },
  {
    name: 'a command traps when it asks for a clock that is not granted',
    run: async (context) => {
      const run = await runGranted(context, 'sleepers');
      hasFailed(
        run,
        /`now` of `wasi:clocks\/monotonic-clock@0\.3\.0`; it is not granted; `clocks: true` in/u,
      );
    },
  },
  {
    name: 'streams of the host go through a program',
    needs: suspended,
    run: async (context) => {
      let out = '';
      const { exports, close } = await instantiateWithGrants<Programs>(await wasi3(context), {
        stdin: slowStream(['one ', 'two']),
        stdout: (chunk) => void (out += new TextDecoder().decode(chunk)),
      });
      equal(await exports.copy(), 7n);
      equal(out, 'one two');
      close();
    },
  },
  {
    name: 'a directory in memory is read, listed, and written only if that is granted',
    needs: suspended,
    run: async (context) => {
      const host = memoryDirectory({ 'a.txt': '0123' });
      const started = async (write: boolean) =>
        instantiateWithGrants<Programs>(await wasi3(context), { dirs: [{ host, guest: '/', write }] });
      const [reading, writing] = [await started(false), await started(true)];
      equal(await reading.exports.readFile('a.txt', 2n), '23');
      const refused = await throws(
        () => reading.exports.writeFile('b', 'text', 0n, false),
        'ComponentError',
        /./u,
      );
      equal(refused['payload'], READ_ONLY);
      await writing.exports.writeFile('b', 'text', 0n, false);
      equal((await writing.exports.listDirectory()).split('\n').sort(), ['', 'a.txt', 'b']);
      equal(readTree(host)['b'], new TextEncoder().encode('text'));
      reading.close();
      writing.close();
    },
  },
]);
