import { watch } from 'chokidar';
import path from 'node:path';
import { EXIT, type ExitCode } from './failure.ts';
import type { CommandContext } from './command-context.ts';
import { reportError } from './report-error.ts';

/** Editors save in several steps, which one run handles together. */
const SETTLE_MS = 60;

/** Runs `work` now, and again whenever WIT or wasm under the inputs changes, until interrupted. Runs never overlap. */
export async function watchInputs(
  context: CommandContext,
  inputs: readonly string[],
  outputs: readonly string[],
  work: () => Promise<void>,
): Promise<ExitCode> {
  const { signal } = context.io;
  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      reportError(error, context);
    }
  };
  const watcher = watch([...inputs], {
    ignoreInitial: true,
    ignored: (file, stats) =>
      path.basename(file) === 'node_modules' ||
      outputs.includes(file) ||
      (stats?.isFile() === true && !/\.(?:wit|wasm|wat)$/u.test(file) && !inputs.includes(file)),
  });
  // What changes before the watcher knows the files is not reported, so nothing is read until then.
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  let running = run();
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(run);
    }, SETTLE_MS);
  });
  await running;
  context.note('watching for changes; press Ctrl+C to stop');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearTimeout(timer);
  await watcher.close();
  await running;
  return EXIT.success;
}
