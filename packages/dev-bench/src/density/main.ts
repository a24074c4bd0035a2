/**
 * `pnpm bench:density [COUNT]`: measures the time and memory of each of COUNT instances of edge-handler in one process.
 */
import { jsonFromProcess } from '@wit-ts/dev-support/json-process';
import { textTable } from '@wit-ts/dev-support/text-table';
import type { Density } from './density-process.ts';

const script = new URL('./density-process.ts', import.meta.url);
const count = Number(process.argv[2] ?? 10_000);

const rows: string[][] = [];
for (const language of ['wat', 'rust', 'c']) {
  for (const kind of ['wit-ts', 'bare']) {
    const density = await measure(kind, `edge-handler/built/${language}.wasm`);
    rows.push([
      language,
      kind === 'bare' ? 'bare core instance' : 'wit-ts',
      microseconds(density.instantiate),
      kind === 'bare' ? '' : microseconds(density.firstCall),
      kind === 'bare' ? '' : microseconds(density.secondCall),
      kilobytes(density.resident),
      kilobytes(density.heap),
      kind === 'bare' ? '' : String(density.wrongAnswers),
    ]);
  }
}
const headings = [
  'guest',
  'made by',
  'instantiate',
  'first call',
  'second call',
  'resident',
  'heap',
  'wrong answers',
];
process.stdout.write(
  `Cost of one instance when ${count.toLocaleString('en')} instances of edge-handler exist in one process:\n\n` +
    `${textTable(headings, rows, { firstNumber: 2 })}\n`,
);

function measure(kind: string, component: string): Promise<Density> {
  return jsonFromProcess(script, [kind, component, String(count)], [...process.execArgv, '--expose-gc']);
}

function microseconds(value: number): string {
  return `${value.toFixed(1)} µs`;
}

function kilobytes(value: number): string {
  return `${(value / 1024).toFixed(1)} KiB`;
}
