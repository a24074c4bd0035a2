/** `pnpm bench:density [COUNT]`: as many instances of edge-handler in one process, each called. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { table } from '../table.ts';
import type { Density } from './child.ts';

const run = promisify(execFile);
const child = fileURLToPath(new URL('./child.ts', import.meta.url));
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
      kind === 'bare' ? '' : String(density.strangers),
    ]);
  }
}
const head = ['guest', '', 'instance', 'first call', 'second call', 'resident', 'heap', 'wrong answers'];
process.stdout.write(
  `${count} instances of edge-handler in one process, for each:\n\n${table(head, rows)}\n`,
);

async function measure(kind: string, component: string): Promise<Density> {
  const args = [...process.execArgv, '--expose-gc', child, kind, component, String(count)];
  const { stdout } = await run(process.execPath, args, { timeout: 10 * 60_000 });
  const density: Density = JSON.parse(stdout);
  return density;
}

function microseconds(value: number): string {
  return `${value.toFixed(1)} µs`;
}

function kilobytes(value: number): string {
  return `${(value / 1024).toFixed(1)} KiB`;
}
