import { Worker } from 'node:worker_threads';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import type { StudyFindings, Study, StudyOptions } from '../study.ts';
import { specimens } from './specimens.ts';
import type { HostileProgress, HostileTask } from './hostile-worker.ts';

/**
 * Checks that damaged binaries cause only `DecodeError`s and validation errors: no other exception, no hang, no
 * excessive memory.
 */
export const hostile: Study = {
  name: 'hostile',
  question: 'Do damaged binaries cause anything but errors?',
  page: 'docs/components.md',
  run,
};

const MUTANTS = 100_000;
/** A mutant counts as hanging when the worker reports nothing for this many milliseconds. */
const REPORT_TIMEOUT = 30_000;
/** A mutant that takes more than this many milliseconds makes the study fail. */
const SLOW = 1000;
/** The largest heap that the worker may use, in megabytes. With a larger heap the worker ends. */
const HEAP = 256;

async function run({ seed, count = MUTANTS }: StudyOptions): Promise<StudyFindings> {
  const all = await specimens();
  const started = performance.now();
  const result = await inWorker({ specimens: all, seed, from: 0, to: count });
  const seconds = (performance.now() - started) / 1000;
  if (typeof result === 'string') return { markdown: result, failed: true, data: result };
  const { outcomes, exceptions, slowest, heap } = result;
  const rows = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a);
  const size = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const markdown = [
    `${count} mutants of ${all.length} components (${size} bytes) with the seed ${seed}, in ${Math.round(seconds)} s. Each mutant was decoded, validated, inspected and planned, and its world was compared with itself.`,
    '',
    ...markdownTable(
      ['outcome', 'mutants'],
      [...rows, ['a different exception', exceptions.length] as const].map(([outcome, number]) => [
        outcome,
        String(number),
      ]),
    ),
    '',
    `Slowest mutant: ${slowest.time.toFixed(0)} ms (${slowest.specimen}). Largest heap: ${Math.round(heap / 1e6)} MB; the worker's limit is ${HEAP} MB.`,
    ...exceptions
      .slice(0, 20)
      .map(({ mutant, specimen, error }) => `- mutant ${mutant} of ${specimen}: ${error}`),
  ].join('\n');
  return { markdown, failed: exceptions.length > 0 || slowest.time > SLOW, data: result };
}

/** Runs the task in a worker. Returns its last report, or a sentence when the worker hangs or ends early. */
function inWorker(task: HostileTask): Promise<HostileProgress | string> {
  return new Promise((settle) => {
    const worker = new Worker(new URL('hostile-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
    });
    let next = task.from;
    let timer = setTimeout(() => {}, 0);
    const end = (result: HostileProgress | string): void => {
      clearTimeout(timer);
      void worker.terminate();
      settle(result);
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => end(`a mutant after number ${next} hangs`), REPORT_TIMEOUT);
    };
    worker.on('message', (progress: HostileProgress) => {
      next = progress.next;
      if (progress.done) end(progress);
      else wait();
    });
    worker.on('error', (error) => end(`a mutant after number ${next} ended the worker: ${String(error)}`));
    wait();
  });
}
