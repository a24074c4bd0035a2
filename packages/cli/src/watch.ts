import { watch } from 'chokidar';
import path from 'node:path';
import { EXIT, type ExitCode } from './failure.ts';
import type { Session } from './session.ts';
import { tell } from './tell.ts';

/** Editors save in several steps; one run serves all of them. */
const SETTLE_MS = 60;

/** Runs `work` now and whenever WIT or wasm under the input changes, until interrupted. Runs never overlap. */
export async function watchInput(
  session: Session,
  input: string,
  output: string,
  work: () => Promise<void>,
): Promise<ExitCode> {
  const { signal } = session.io;
  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      tell(error, session);
    }
  };
  const watcher = watch(input, {
    ignoreInitial: true,
    ignored: (file, stats) =>
      path.basename(file) === 'node_modules' ||
      file === output ||
      (stats?.isFile() === true && !/\.(?:wit|wasm|wat)$/u.test(file) && file !== input),
  });
  let running = run();
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(run);
    }, SETTLE_MS);
  });
  await running;
  session.note('watching for changes; interrupt to end');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearTimeout(timer);
  await watcher.close();
  await running;
  return EXIT.fine;
}
