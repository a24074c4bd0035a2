/**
 * `pnpm bench:leak [COUNT]`: makes COUNT calls (a million by default) and shows the memory after each tenth of them.
 */
import { textTable } from '@wit-ts/dev-support/text-table';
import { measureLeak } from './measure-leak.ts';

if (globalThis.gc === undefined)
  throw new Error('run this script with `node --expose-gc`, as `pnpm bench:leak` does');
const started = performance.now();
const checkpoints = await measureLeak(Number(process.argv[2] ?? 1_000_000));
const seconds = (performance.now() - started) / 1000;
const rows = checkpoints.map(({ calls, heap, external, resident, counters, files }) => [
  calls.toLocaleString('en'),
  ...[heap, external, resident].map((bytes) => `${(bytes / 1024).toFixed(0)} KiB`),
  String(counters),
  String(files),
]);
const headings = ['calls', 'heap', 'external', 'resident', 'living counters', 'living files'];
process.stdout.write(`${textTable(headings, rows)}\n\nThe calls took ${seconds.toFixed(1)} s.\n`);
const [first, last] = [checkpoints[1]!, checkpoints.at(-1)!];
process.stdout.write(
  `Between the first tenth and the last, the heap grew by ${last.heap - first.heap} bytes.\n`,
);
if (last.counters !== 0 || last.files !== 0) process.exitCode = 1;
