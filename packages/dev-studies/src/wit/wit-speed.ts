import { installPeers, peerPath } from '@wit-ts/dev-peers';
import { median } from '@wit-ts/dev-support/statistics';
import { measureContenders } from '../speed/measure-contenders.ts';
import { speedReport } from '../speed/speed-report.ts';
import type { StudyFindings, Study } from '../study.ts';
import { type WitSpeedInput, witSpeedInputs } from './wit-speed-inputs.ts';

/** Measures how long wit-ts and jco take to read WIT, cold and warm, and how the time grows with the size. */
export const witSpeed: Study = {
  name: 'speed',
  question: 'How fast do wit-ts and jco read WIT?',
  run,
};

const CONTENDERS = ['resolve', 'generate', 'jco'] as const;
type Contender = (typeof CONTENDERS)[number];

/** The goal: how many times faster than jco parsing and resolving must be. */
const GOAL = { warm: 5, cold: 3 };

async function run(): Promise<StudyFindings> {
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
  const markdown = speedReport(rows, {
    headings: [
      'input',
      'lines',
      'wit-ts, parse and resolve',
      'wit-ts, with types',
      'jco, types',
      'jco / parse and resolve',
      'jco / with types',
    ],
    cellsOf: ({ input, times: { resolve, generate, jco } }, what) => [
      input.name,
      String(input.lines),
      ...[resolve, generate, jco].map((times) => `${times[what].toFixed(1)} ms`),
      ...[resolve, generate].map((times) => `${(jco[what] / times[what]).toFixed(1)}×`),
    ],
    warm: 'the median of the later rounds',
  });
  return { markdown, failed: missed.length > 0, data: rows };
}

function roundsFor({ lines }: WitSpeedInput): number {
  return lines > 50_000 ? 5 : lines > 5000 ? 10 : 40;
}
