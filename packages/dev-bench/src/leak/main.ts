/** `pnpm bench:leak [COUNT]`: a million calls, and the memory that the process has after each tenth of them. */
import { table } from '../table.ts';
import { measureLeak } from './measure-leak.ts';

if (globalThis.gc === undefined) throw new Error('start it with --expose-gc, as `pnpm bench:leak` does');
const started = performance.now();
const checkpoints = await measureLeak(Number(process.argv[2] ?? 1_000_000));
const seconds = (performance.now() - started) / 1000;
const rows = checkpoints.map(({ calls, heap, external, resident, counters, files }) => [
  calls.toLocaleString('en'),
  ...[heap, external, resident].map((bytes) => `${(bytes / 1024).toFixed(0)} KiB`),
  String(counters),
  String(files),
]);
const head = ['calls', 'heap', 'external', 'resident', 'counters', 'files'];
process.stdout.write(`${table(head, rows)}\n\n${seconds.toFixed(1)} s\n`);
const [first, last] = [checkpoints[1]!, checkpoints.at(-1)!];
process.stdout.write(`heap, from the first tenth to the last: ${last.heap - first.heap} bytes\n`);
if (last.counters !== 0 || last.files !== 0) process.exitCode = 1;
