/**
 * Writes a log to standard output: `generate.ts --lines N` or `generate.ts --bytes N`, with `--seed S` another one. The
 * log has the last line that begins before byte N.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { logLines } from './log-lines.ts';

const usage = 'usage: generate.ts (--lines N | --bytes N) [--seed S]\n';

/** How many bytes are written at once. */
const CHUNK = 1 << 18;

const { values } = parseArgs({
  options: { lines: { type: 'string' }, bytes: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const lines = limit(values.lines);
const bytes = limit(values.bytes);
const seed = limit(values.seed);

if (lines === bytes || Number.isNaN(lines + bytes + seed)) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  await write();
}

/** Returns a number of the command line: infinity if it is absent, and NaN if it is not a natural number. */
function limit(text: string | undefined): number {
  if (text === undefined) return Infinity;
  return /^\d+$/u.test(text) ? Number(text) : NaN;
}

async function write(): Promise<void> {
  let chunk = '';
  let [lineCount, byteCount] = [0, 0];
  for (const line of logLines(seed)) {
    if (lineCount === lines || byteCount >= bytes) break;
    lineCount += 1;
    byteCount += Buffer.byteLength(line) + 1;
    chunk += `${line}\n`;
    if (chunk.length < CHUNK) continue;
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
    chunk = '';
  }
  process.stdout.write(chunk);
}
