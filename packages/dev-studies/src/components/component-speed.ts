import { installPeers, peerPath } from '@wit-ts/dev-peers';
import { measureContenders } from '../speed/measure-contenders.ts';
import { speedReport } from '../speed/speed-report.ts';
import type { StudyFindings, Study } from '../study.ts';
import { type ComponentSpeedInput, componentSpeedInputs } from './component-speed-inputs.ts';

/**
 * Measures how long wit-ts and jco take to read the world of a component, cold and warm, and how the time grows with
 * the size.
 */
export const componentSpeed: Study = {
  name: 'component-speed',
  question: 'How fast do wit-ts and jco read the world of a component?',
  page: 'docs/components.md',
  run,
};

const CONTENDERS = ['world', 'print', 'jco'] as const;
type Contender = (typeof CONTENDERS)[number];

const ROUNDS = 40;

async function run(): Promise<StudyFindings> {
  await installPeers();
  const jcoModule = peerPath('@bytecodealliance/jco-transpile/dist/wasm-tools.js');
  const rows = await measureContenders<ComponentSpeedInput, Contender>(await componentSpeedInputs(), {
    contenders: CONTENDERS,
    script: new URL('component-speed-process.ts', import.meta.url),
    argsOf: (_, { path }) => [path, String(ROUNDS), jcoModule],
    warmOf: (later) => Math.min(...later),
  });
  const markdown = speedReport(rows, {
    headings: [
      'component',
      'size',
      'wit-ts, world',
      'wit-ts, printed',
      'jco, printed',
      'jco / wit-ts, printed',
    ],
    cellsOf: ({ input, times: { world, print, jco } }, what) => [
      input.name,
      sizeText(input.size),
      ...[world, print, jco].map((times) => milliseconds(times[what])),
      `${(jco[what] / print[what]).toFixed(1)}×`,
    ],
    warm: `the fastest of ${ROUNDS} later rounds`,
  });
  return { markdown, failed: false, data: rows };
}

function milliseconds(time: number): string {
  return `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;
}

function sizeText(size: number): string {
  return size < 1e6 ? `${(size / 1e3).toFixed(0)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}
