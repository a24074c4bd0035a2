import { installPeers, peerPath } from '@wit-ts/dev-peers';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { median } from '@wit-ts/dev-support/statistics';
import { measureContenders, PROCESSES, type SpeedRow, type SpeedTimes } from '../speed/measure-contenders.ts';
import type { Findings, Study } from '../study.ts';
import { type WitSpeedInput, witSpeedInputs } from './wit-speed-inputs.ts';

/** Measures how long wit-ts and jco take to read WIT, cold and warm, and how the time grows with the size. */
export const witSpeed: Study = {
  name: 'speed',
  question: 'How fast do wit-ts and jco read WIT?',
  run,
};

const CONTENDERS = ['resolve', 'generate', 'jco'] as const;
type Contender = (typeof CONTENDERS)[number];
type Row = SpeedRow<WitSpeedInput, Contender>;

/** The goal: how many times faster than jco parsing and resolving must be. */
const GOAL = { warm: 5, cold: 3 };

async function run(): Promise<Findings> {
  await installPeers();
  const jcoModule = peerPath('@bytecodealliance/jco-transpile/dist/index.js');
  const rows = await measureContenders<WitSpeedInput, Contender>(await witSpeedInputs(), {
    contenders: CONTENDERS,
    script: new URL('wit-speed-process.ts', import.meta.url),
    argsOf: (_, input) => [input.directory, input.world, String(roundsFor(input)), jcoModule],
    warmOf: median,
  });
  const missed = rows.filter(
    ({ times: { jco, resolve } }) =>
      jco.warm / resolve.warm < GOAL.warm || jco.cold / resolve.cold < GOAL.cold,
  );
  return { markdown: report(rows), failed: missed.length > 0, data: rows };
}

function roundsFor({ lines }: WitSpeedInput): number {
  return lines > 50_000 ? 5 : lines > 5000 ? 10 : 40;
}

function report(rows: readonly Row[]): string {
  return [
    `Warm (the median of the later rounds in one process, the fastest of ${PROCESSES} processes):`,
    '',
    ...table(rows, 'warm'),
    '',
    `Cold (import and first round in a new process, the fastest of ${PROCESSES}):`,
    '',
    ...table(rows, 'cold'),
    '',
    'The first round without the import:',
    '',
    ...table(rows, 'first'),
  ].join('\n');
}

function table(rows: readonly Row[], what: keyof SpeedTimes): readonly string[] {
  const headings = [
    'input',
    'lines',
    'wit-ts, parse and resolve',
    'wit-ts, with types',
    'jco, types',
    'jco / parse and resolve',
    'jco / with types',
  ];
  const cells = rows.map(({ input, times: { resolve, generate, jco } }) => [
    input.name,
    String(input.lines),
    ...[resolve, generate, jco].map((times) => `${times[what].toFixed(1)} ms`),
    ...[resolve, generate].map((times) => `${(jco[what] / times[what]).toFixed(1)}×`),
  ]);
  return markdownTable(headings, cells);
}
