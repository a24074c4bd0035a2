import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPeers, peerPath } from '@wit-ts/dev-peers';
import type { Findings, Study } from '../study.ts';
import { speedInputs, type SpeedInput } from './speed-input.ts';

/** How long reading WIT takes beside jco, cold and warm, and how it grows. */
export const speed: Study = { name: 'speed', run };

const execute = promisify(execFile);
const contenders = ['resolve', 'generate', 'jco'] as const;
type Contender = (typeof contenders)[number];

interface Times {
  /** Import and first round. */
  readonly cold: number;
  readonly first: number;
  /** Median of the later rounds. */
  readonly warm: number;
}

interface Row {
  readonly input: SpeedInput;
  readonly times: Readonly<Record<Contender, Times>>;
}

/** Each process tells one cold time, so several are started; the best is what the machine can do. */
const PROCESSES = 3;
/** What there is to reach: as many times as fast as jco, parse and resolve alone. */
const AIM = { warm: 5, cold: 3 };

async function run(): Promise<Findings> {
  await installPeers();
  const rows: Row[] = [];
  for (const input of await speedInputs()) {
    const times: Partial<Record<Contender, Times>> = {};
    for (const contender of contenders) times[contender] = await measure(contender, input);
    rows.push({ input, times: times as Record<Contender, Times> });
  }
  const missed = rows.filter(
    ({ times: { jco, resolve } }) => jco.warm / resolve.warm < AIM.warm || jco.cold / resolve.cold < AIM.cold,
  );
  return { markdown: report(rows), failed: missed.length > 0, data: rows };
}

async function measure(contender: Contender, input: SpeedInput): Promise<Times> {
  const rounds = input.lines > 50_000 ? 5 : input.lines > 5000 ? 10 : 40;
  const all: Times[] = [];
  for (let i = 0; i < PROCESSES; i += 1) all.push(await measureOnce(contender, input, rounds));
  return {
    cold: Math.min(...all.map(({ cold }) => cold)),
    first: Math.min(...all.map(({ first }) => first)),
    warm: Math.min(...all.map(({ warm }) => warm)),
  };
}

async function measureOnce(contender: Contender, input: SpeedInput, rounds: number): Promise<Times> {
  const script = fileURLToPath(new URL('speed-process.ts', import.meta.url));
  const jco = peerPath('@bytecodealliance/jco-transpile/dist/index.js');
  // Without the condition for sources: what is measured is what is published.
  const { stdout } = await execute(
    process.execPath,
    [script, contender, input.directory, input.world, String(rounds), jco],
    { maxBuffer: 2 ** 26, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const { cold, first, later } = JSON.parse(stdout) as { cold: number; first: number; later: number[] };
  const sorted = later.toSorted((a, b) => a - b);
  return { cold, first, warm: sorted[Math.floor(sorted.length / 2)]! };
}

function report(rows: readonly Row[]): string {
  return [
    'Warm (median of later rounds in one process):',
    '',
    '| input | lines | wit-ts, parse and resolve | wit-ts, types too | jco, types | factor | factor with types |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...rows.map((row) => line(row, 'warm')),
    '',
    'Cold (a new process: import and first round, the best of three):',
    '',
    '| input | lines | wit-ts, parse and resolve | wit-ts, types too | jco, types | factor | factor with types |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...rows.map((row) => line(row, 'cold')),
    '',
    'First round alone, after the import:',
    '',
    '| input | lines | wit-ts, parse and resolve | wit-ts, types too | jco, types | factor | factor with types |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...rows.map((row) => line(row, 'first')),
  ].join('\n');
}

function line({ input, times: { resolve, generate, jco } }: Row, what: keyof Times): string {
  const factor = (of: Times): string => `${(jco[what] / of[what]).toFixed(1)}×`;
  const cells = [
    input.name,
    input.lines,
    ...[resolve, generate, jco].map((times) => `${times[what].toFixed(1)} ms`),
    factor(resolve),
    factor(generate),
  ];
  return `| ${cells.join(' | ')} |`;
}
