import type { Limits } from '@wit-ts/runtime';
import { runInWorker } from '@wit-ts/wasi';
import { equal, throws } from '../../expect.ts';
import type { CaseContext, PlatformNeed, PlatformProgram } from '../../platform-case.ts';
import { catchesExceptions, endsLoops, hasThreads, sharesMemory } from '../../platform-features.ts';
import { collected, hasEnded, slowStream } from './run-granted.ts';
import { wasiGroup } from './wasi-group.ts';

const threads: PlatformNeed = {
  isThere: hasThreads,
  otherwise: async (context) => {
    const program = await context.program('hello-env');
    await throws(() => runInWorker(program), 'TypeError', /^this platform has no threads: use `run`/u);
  },
};

/** A stream of the host needs memory that both threads see. */
const sharedMemory: PlatformNeed = {
  isThere: sharesMemory,
  otherwise: async (context) => {
    if (!hasThreads()) return threads.otherwise(context);
    const grants = { stdout: () => undefined };
    const program = await context.program('hello-env');
    await throws(
      () => runInWorker(program, grants),
      'TypeError',
      /^grants\.stdout: .* isolate the page with/u,
    );
  },
};

const looping: PlatformNeed = {
  isThere: () => endsLoops() && catchesExceptions(),
  otherwise: async (context: CaseContext) => {
    if (!hasThreads()) return threads.otherwise(context);
    const program = await context.program('preview1-endings');
    // The program has the instruction `try_table`.
    if (!catchesExceptions()) return void (await throws(() => runInWorker(program), 'CompileError', /./u));
    // The promise rejects in time, and the thread is ended by its fuel: the process would never end otherwise.
    return isTimedOut(program, { fuel: 2_000_000_000 });
  },
};

/** Runs a program without end, and expects that this thread goes on meanwhile. */
async function isTimedOut(program: PlatformProgram, limits?: Limits): Promise<void> {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 5);
  const options = { timeout: 500, ...(limits !== undefined && { limits }) };
  try {
    const running = runInWorker(program, { args: ['endings', 'loop'] }, options);
    await throws(() => running, 'TimeoutError', /^the program ran longer than 500 ms, and was ended$/u);
  } finally {
    clearInterval(timer);
  }
  equal(turns > 0, true, 'turns of this thread');
}

export const workers = wasiGroup('workers', [
  {
    name: 'a program that loops for ever is ended after a time, and this thread is free meanwhile',
    needs: looping,
    run: async (context) => isTimedOut(await context.program('preview1-endings')),
  },
  {
    name: 'a program of preview 1 gives its exit code',
    needs: threads,
    run: async (context) => equal(await runInWorker(await context.program('hello-env')), 0),
  },
  {
    name: 'a component gives its exit code',
    needs: threads,
    run: async (context) => equal(await runInWorker(await context.program('sleepers'), { clocks: true }), 0),
  },
  {
    name: 'streams of the host go both ways, and refusals come back',
    needs: sharedMemory,
    run: async (context) => {
      const program = await context.program('sandbox-tour');
      const run = await collected({ stdin: slowStream(['one\n', 'two\n']), exit: true }, (grants) =>
        runInWorker(program, grants),
      );
      hasEnded(run, {
        end: 1,
        out: 'stdout: this line\nstdin: 2 lines, 8 bytes\narguments: 0\nenvironment: 0\n',
        refused: ['/data/input.txt'],
      });
    },
  },
]);
