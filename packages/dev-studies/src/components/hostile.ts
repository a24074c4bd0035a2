import { Worker } from 'node:worker_threads';
import type { Findings, Study, StudyOptions } from '../study.ts';
import { specimens } from './collect.ts';
import type { HostileProgress, HostileTask } from './hostile-worker.ts';

/** Whether anything but a `DecodeError` or a finding comes of damaged binaries, or takes for ever, or all memory. */
export const hostile: Study = { name: 'hostile', page: 'docs/components.md', run };

const MUTANTS = 100_000;
/** Without a word from the worker for so long, a mutant hangs. */
const PATIENCE = 30_000;
/** Longer than this for one of them is too long, in milliseconds. */
const SLOW = 1000;
/** What the worker may have of a heap, in megabytes: beyond it, it dies. */
const HEAP = 256;

async function run({ seed, count = MUTANTS }: StudyOptions): Promise<Findings> {
  const all = await specimens();
  const started = performance.now();
  const result = await inWorker({ specimens: all, seed, from: 0, to: count });
  const seconds = (performance.now() - started) / 1000;
  if (typeof result === 'string') return { markdown: result, failed: true, data: result };
  const { outcomes, exceptions, slowest, heap } = result;
  const rows = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a);
  const size = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const markdown = [
    `${count} mutants of ${all.length} components (${size} bytes), seed ${seed}, in ${Math.round(seconds)} s. Each was decoded, validated, inspected, planned, and its world made and compared with itself.`,
    '',
    '| | mutants |',
    '| --- | --: |',
    ...rows.map(([outcome, number]) => `| ${outcome} | ${number} |`),
    `| another exception | ${exceptions.length} |`,
    '',
    `Slowest mutant: ${slowest.time.toFixed(0)} ms (${slowest.specimen}). Largest heap seen: ${Math.round(heap / 1e6)} MB; the worker would have died at ${HEAP} MB.`,
    ...exceptions
      .slice(0, 20)
      .map(({ mutant, specimen, error }) => `- mutant ${mutant} of ${specimen}: ${error}`),
  ].join('\n');
  return { markdown, failed: exceptions.length > 0 || slowest.time > SLOW, data: result };
}

/** The last report of a worker, or what became of it. */
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
      timer = setTimeout(() => end(`A mutant from ${next} on hangs.`), PATIENCE);
    };
    worker.on('message', (progress: HostileProgress) => {
      next = progress.next;
      if (progress.done) end(progress);
      else wait();
    });
    worker.on('error', (error) => end(`A mutant from ${next} on broke the worker: ${String(error)}`));
    wait();
  });
}
