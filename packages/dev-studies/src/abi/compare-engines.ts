import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { root } from '@wit-ts/dev-support/workspace';
import type { StudyFindings, Study, StudyOptions } from '../study.ts';

/**
 * Checks that both engines of the Canonical ABI give the same results for random types with valid and invalid values.
 */
export const compareEngines: Study = {
  name: 'engines',
  question: 'Do both engines of the Canonical ABI give the same results?',
  page: 'docs/canonical-abi.md',
  run,
};

const CASES = 1_000_000;
/**
 * How many values are tried for each function type. Each value gives seven cases (see `compare-engines.ts` of `abi`).
 */
const VALUES = 5;
const CASES_OF_A_SIGNATURE = 35;

/** The package `abi` does not export its fixtures, so this file is run as a worker and not imported. */
const worker = join(root, 'packages/abi/src/fixtures/compare-engines-worker.ts');

/** What the worker sends. */
interface Comparison {
  readonly cases: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly signatures: number;
  readonly differences: readonly Readonly<Record<string, unknown>>[];
}

async function run({ seed, count = CASES }: StudyOptions): Promise<StudyFindings> {
  const signatures = Math.ceil(count / CASES_OF_A_SIGNATURE);
  const threads = Math.min(availableParallelism(), signatures);
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: threads }, (_, index) =>
      compare({
        seed,
        values: VALUES,
        from: Math.floor((signatures * index) / threads),
        to: Math.floor((signatures * (index + 1)) / threads),
      }),
    ),
  );
  const parts = answers.flat();
  const seconds = (performance.now() - started) / 1000;
  const differences = parts.flatMap((part) => part.differences);
  const markdown = report(parts, seed, seconds, threads);
  return { markdown, failed: differences.length > 0, data: { seed, seconds, threads, parts } };
}

function compare(options: object): Promise<readonly Comparison[]> {
  return new Promise((resolve, reject) => {
    const parts: Comparison[] = [];
    const thread = new Worker(worker, { workerData: options });
    thread.on('message', (part: Comparison) => parts.push(part));
    thread.once('error', reject);
    thread.once('exit', () => resolve(parts));
  });
}

function report(parts: readonly Comparison[], seed: number, seconds: number, threads: number): string {
  const sum = (of: 'cases' | 'refused', kind: string): number =>
    parts.reduce((total, part) => total + part[of][kind]!, 0);
  const kinds = Object.keys(parts[0]!.cases);
  const cases = kinds.reduce((total, kind) => total + sum('cases', kind), 0);
  const signatures = parts.reduce((total, part) => total + part.signatures, 0);
  const differences = parts.flatMap((part) => part.differences);
  const lines = [
    `${number(cases)} cases with ${number(signatures)} random function types (seed ${seed}): ` +
      `${number(differences.length)} differences, found in ${Math.round(seconds)} s with ${threads} threads.`,
    '',
    ...markdownTable(
      ['kind of case', 'cases', 'of these, both engines trap or throw the same error'],
      kinds.map((kind) => [kind, number(sum('cases', kind)), number(sum('refused', kind))]),
    ),
  ];
  for (const each of differences.slice(0, 20)) {
    lines.push('', ...Object.entries(each).map(([name, value]) => `- ${name}: ${String(value)}`));
  }
  return lines.join('\n');
}

function number(value: number): string {
  return value.toLocaleString('en');
}
