import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import type { Study, StudyFindings, StudyOptions } from '../study.ts';
import type { Measured } from './growth-process.ts';
import { shapesOf, type ShapeKind } from './measured-stages.ts';

/** Measures how the time of every step grows with the size of WIT texts and components of many shapes. */
export const growth: Study = {
  name: 'growth',
  question: 'How does the time grow with the size of a text or component?',
  page: 'docs/growth.md',
  run,
};

/** Processes that run at the same time. The times are of the processor, which they share. */
const PARALLEL = 3;
/** A process that takes longer is reported, in milliseconds. */
const TIME_LIMIT = 400_000;
/** Work that grows with the square takes a hundred times as long for ten times the size. */
const MAX_RATIO = 35;
/** Times that are shorter, in milliseconds, are of starting: the engine compiles what runs often. */
const MIN_TIME = 50;

interface Row {
  readonly kind: ShapeKind;
  readonly shape: string;
  /** A sentence when the process ended early. */
  readonly measured: readonly Measured[] | string;
}

/** @param options `count` is how many shapes of each kind are measured; all of them by default */
async function run({ seed, count = Infinity }: StudyOptions): Promise<StudyFindings> {
  const tasks = (['text', 'binary'] as const).flatMap((kind) =>
    spread(shapesOf(kind), count).map((shape) => ({ kind, shape })),
  );
  const rows: Row[] = [];
  const worker = async (from: number): Promise<void> => {
    for (let i = from; i < tasks.length; i += PARALLEL) {
      const { kind, shape } = tasks[i]!;
      rows[i] = { kind, shape, measured: await measure(kind, shape, seed) };
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, (_, from) => worker(from)));
  const faults = rows.flatMap(faultsOf);
  const markdown = [
    ...table('text', 'WIT text', rows),
    '',
    ...table('binary', 'component', rows),
    ...(faults.length === 0 ? [] : ['', ...faults.map((fault) => `- ${fault}`)]),
  ].join('\n');
  return { markdown, failed: faults.length > 0, data: rows };
}

/** Takes some of the items, from the whole list. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, items.length / count);
  return items.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

async function measure(kind: ShapeKind, shape: string, seed: number): Promise<Row['measured']> {
  const script = fileURLToPath(new URL('growth-process.ts', import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@wit-ts/source', script, kind, shape, String(seed)],
      { maxBuffer: 1 << 26, env: { ...process.env, NODE_OPTIONS: '' }, timeout: TIME_LIMIT },
    );
    const measured: readonly Measured[] = JSON.parse(stdout);
    return measured;
  } catch (error) {
    return error instanceof Error && 'killed' in error && error.killed === true
      ? 'no end'
      : 'the process ended';
  }
}

const COLUMNS: readonly { readonly group: Measured['group']; readonly size: number }[] = [
  { group: 'reading', size: 1000 },
  { group: 'reading', size: 10_000 },
  { group: 'reading', size: 100_000 },
  { group: 'other', size: 300 },
  { group: 'other', size: 3000 },
];

function table(kind: ShapeKind, title: string, rows: readonly Row[]): readonly string[] {
  const headings = COLUMNS.map(({ group, size }) => `${group} ${size.toLocaleString('en')}`);
  return markdownTable(
    [title, ...headings],
    rows
      .filter((row) => row.kind === kind)
      .map(({ shape, measured }) => [shape, ...COLUMNS.map((column) => cell(measured, column))]),
  );
}

function cell(measured: Row['measured'], { group, size }: (typeof COLUMNS)[number]): string {
  if (typeof measured === 'string') return measured;
  const found = measured.find((one) => one.group === group && one.size === size);
  if (found === undefined) return '';
  const { milliseconds, refused } = found;
  const time =
    milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  return `${time}${refused === undefined ? '' : ', refused'}`;
}

/** Exceptions, processes that did not end, and times that grew much more than the size. */
function faultsOf({ kind, shape, measured }: Row): string[] {
  if (typeof measured === 'string') return [`${kind}, ${shape}: ${measured}`];
  return measured.flatMap(({ group, size, milliseconds, fault }) => {
    const where = `${kind}, ${shape}, ${group} ${size}`;
    if (fault !== undefined) return [`${where}: ${fault}`];
    const before = measured.find((one) => one.group === group && one.size === size / 10)?.milliseconds;
    const ratio = milliseconds / Math.max(before ?? Infinity, MIN_TIME);
    return ratio > MAX_RATIO ? [`${where}: ${ratio.toFixed(0)} times the time of a tenth of it`] : [];
  });
}
