import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPeers, peerPath } from '@wit-ts/dev-peers';
import type { Findings, Study } from '../study.ts';
import { speedInputs, type SpeedInput } from './speed-input.ts';

/** How long the world of a component takes beside jco, cold and warm, and how it grows. */
export const componentSpeed: Study = { name: 'component-speed', page: 'docs/components.md', run };

const execute = promisify(execFile);
const CONTENDERS = ['world', 'print', 'jco'] as const;
type Contender = (typeof CONTENDERS)[number];

interface Times {
  /** Import and first round. */
  readonly cold: number;
  /** The best of the later rounds: what other processes take from it is no part of it. */
  readonly warm: number;
}

interface Row {
  readonly input: SpeedInput;
  readonly times: Readonly<Record<Contender, Times>>;
}

/** Each process tells one cold time, so several are started; the best is what the machine can do. */
const PROCESSES = 3;
const ROUNDS = 40;

async function run(): Promise<Findings> {
  await installPeers();
  const rows: Row[] = [];
  for (const input of await speedInputs()) {
    const times: Partial<Record<Contender, Times>> = {};
    for (const contender of CONTENDERS) times[contender] = await measure(contender, input);
    rows.push({ input, times: times as Record<Contender, Times> });
  }
  return { markdown: report(rows), failed: false, data: rows };
}

async function measure(contender: Contender, input: SpeedInput): Promise<Times> {
  const all: Times[] = [];
  for (let i = 0; i < PROCESSES; i += 1) all.push(await measureOnce(contender, input));
  return {
    cold: Math.min(...all.map(({ cold }) => cold)),
    warm: Math.min(...all.map(({ warm }) => warm)),
  };
}

async function measureOnce(contender: Contender, { path }: SpeedInput): Promise<Times> {
  const script = fileURLToPath(new URL('speed-process.ts', import.meta.url));
  const jco = peerPath('@bytecodealliance/jco-transpile/dist/wasm-tools.js');
  // Without the condition for sources: what is measured is what is published.
  const { stdout } = await execute(process.execPath, [script, contender, path, String(ROUNDS), jco], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const { cold, later } = JSON.parse(stdout) as { cold: number; later: number[] };
  return { cold, warm: Math.min(...later) };
}

function report(rows: readonly Row[]): string {
  const head = '| component | size | wit-ts, world | wit-ts, printed | jco, printed | factor |';
  const rule = '| --- | --: | --: | --: | --: | --: |';
  return [
    `Warm (the best of ${ROUNDS} later rounds in each of ${PROCESSES} processes):`,
    '',
    head,
    rule,
    ...rows.map((row) => line(row, 'warm')),
    '',
    `Cold (a new process: import and first round, the best of ${PROCESSES}):`,
    '',
    head,
    rule,
    ...rows.map((row) => line(row, 'cold')),
  ].join('\n');
}

function line({ input, times: { world, print, jco } }: Row, what: keyof Times): string {
  const cells = [
    input.name,
    sizeText(input.size),
    ...[world, print, jco].map(
      (times) => `${times[what] < 10 ? times[what].toFixed(2) : times[what].toFixed(0)} ms`,
    ),
    `${(jco[what] / print[what]).toFixed(1)}×`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function sizeText(size: number): string {
  return size < 1e6 ? `${(size / 1e3).toFixed(0)} KB` : `${(size / 1e6).toFixed(1)} MB`;
}
