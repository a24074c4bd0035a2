import { memoryDirectory, readTree } from '@wit-ts/wasi';
import { equal } from '../../expect.ts';
import { catchesExceptions, suspendsStacks } from '../../platform-features.ts';
import { hasEnded, hasFailed, runGranted, slowStream } from './run-granted.ts';
import { wasiGroup } from './wasi-group.ts';

const text = (bytes: unknown): string => new TextDecoder().decode(bytes as Uint8Array);

export const preview1Cases = wasiGroup('preview 1', [
  {
    name: 'a variable is there when it is granted',
    run: async (context) => {
      hasEnded(await runGranted(context, 'hello-env', { env: { NAME: 'Ada' } }), {
        end: 0,
        out: 'Hello, Ada!\n',
      });
      hasEnded(await runGranted(context, 'hello-env'), { end: 0, out: 'Hello, World!\n' });
    },
  },
  {
    name: 'arguments, variables, streams and a directory in memory',
    run: async (context) => {
      const host = memoryDirectory({ 'input.txt': 'grüße' });
      const run = await runGranted(context, 'sandbox-tour', {
        args: ['tour', 'one', ''],
        env: { MODE: 'tour' },
        stdin: 'first\nsecond\n',
        dirs: [{ host, guest: '/data', write: true }],
      });
      const out = [
        'stdout: this line',
        'stdin: 2 lines, 13 bytes',
        'arguments: 2',
        '  1: one',
        '  2: ',
        'environment: 1',
        '  MODE=tour',
        'read /data/input.txt: grüße',
        'wrote /data/output.txt: GRÜSSE',
        '',
      ];
      equal(run, { end: 0, out: out.join('\n'), err: 'stderr: this line\n', refused: [] });
      equal(text(readTree(host)['output.txt']), 'GRÜSSE');
    },
  },
  {
    name: 'a directory in memory is not left',
    run: async (context) => {
      const run = await runGranted(context, 'read-file', {
        args: ['read-file', '/data/hello.txt', '/etc/passwd', '/data/../../etc/shadow', '/data/none'],
        exit: true,
        dirs: [{ host: memoryDirectory({ 'hello.txt': 'Hello' }), guest: '/data' }],
      });
      hasEnded(run, {
        end: 1,
        out: 'WASM Read: Hello\n',
        refused: ['/etc/passwd', '/etc/shadow'],
      });
    },
  },
  {
    name: 'a directory is written only if that is granted',
    run: async (context) => {
      const host = memoryDirectory();
      const grants = (write: boolean) => ({ exit: true, dirs: [{ host, guest: '/', write }] });
      for (const given of [{ exit: true }, grants(false)]) {
        const { end, err, refused } = await runGranted(context, 'hello-write', given);
        equal([end, refused], [1, ['/output.txt']]);
        equal(err.startsWith('permission denied: cannot write output.txt: '), true, err);
      }
      equal(Object.keys(readTree(host)), []);
      const out = 'done: wrote output.txt\n';
      hasEnded(await runGranted(context, 'hello-write', grants(true)), { end: 0, out, refused: [] });
      equal(Object.keys(readTree(host)), ['output.txt']);
    },
  },
  {
    name: 'clocks and random bytes are refused unless they are granted',
    run: async (context) => {
      const args = ['preview1-calls', 'waiting'];
      const denied = await runGranted(context, 'preview1-calls', { args });
      equal(denied.out.includes('__wasi_clock_time_get(id, 1, &before): 76\n'), true, denied.out);
      equal(denied.out.includes('__wasi_random_get(random[0], 40): 76\n'), true, denied.out);
      for (const called of ['clock_time_get', 'random_get'])
        equal(denied.refused.includes(called), true, `a report of ${called}`);
      const granted = await runGranted(context, 'preview1-calls', {
        args,
        clocks: { wall: 5n, monotonic: 7n },
        random: { seed: 1n },
      });
      equal(granted.out.includes('__wasi_clock_time_get(id, 1, &before): 0\n'), true, granted.out);
      equal(granted.out.includes('__wasi_random_get(random[0], 40): 0\n'), true, granted.out);
    },
  },
  {
    name: 'a program exits, traps and overflows its stack, and can catch none of it',
    needs: {
      isThere: catchesExceptions,
      // It has the instruction `try_table`.
      otherwise: async (context) =>
        hasFailed(await runGranted(context, 'preview1-endings'), /^CompileError/u),
    },
    run: async (context) => {
      const run = (how: string) =>
        runGranted(context, 'preview1-endings', { args: ['endings', how], exit: true });
      hasEnded(await run('exit'), { end: 33 });
      hasFailed(await run('trap'), /^Trap: the program trapped: .*unreachable/iu);
      hasFailed(await run('recurse'), /^Trap: the program trapped: stack overflow$/u);
    },
  },
  {
    name: 'a program waits for a stream of the host',
    needs: {
      isThere: suspendsStacks,
      otherwise: async (context) => {
        const run = await runGranted(context, 'sandbox-tour', { stdin: slowStream(['line\n']), exit: true });
        hasFailed(
          run,
          /`fd_read` has to wait, .* the platform has no `WebAssembly\.Suspending`: run the program in a/u,
        );
      },
    },
    run: async (context) => {
      const stdin = slowStream(['one\n', 'two\n']);
      const { out } = await runGranted(context, 'sandbox-tour', { stdin, exit: true });
      equal(out, 'stdout: this line\nstdin: 2 lines, 8 bytes\narguments: 0\nenvironment: 0\n');
    },
  },
]);
