/**
 * `pnpm bench:programs [--only start|log|copy|exit]`: measures programs as processes, with the built command line,
 * beside `node:wasi` and `jco run`: how soon a small one ends, a log of 100 MB, and 1 GB through its standard streams;
 * and programs in this process, from their bytes to their end. It needs `head` and `cat`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { textTable } from '@wit-ts/dev-support/text-table';
import { measureInProcess } from './in-process.ts';
import { measuredInTurn } from './measured-process.ts';
import { type ProgramTable, programTables, writeLog } from './tables.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const directory = await mkdtemp(join(tmpdir(), 'wit-ts-programs-'));
try {
  const tables = (await programTables(directory)).filter(({ name }) => name.includes(values.only));
  if (tables.some(({ name }) => name === 'log')) writeLog(directory);
  for (const table of tables) process.stdout.write(`${await measured(table)}\n\n`);
  if ('exit'.includes(values.only)) process.stdout.write(`${await measureInProcess(directory)}\n\n`);
} finally {
  await rm(directory, { recursive: true });
}

async function measured({ title, rounds, baseline, commands }: ProgramTable): Promise<string> {
  const uses = await measuredInTurn(commands, rounds);
  const base = uses[commands.findIndex(({ name }) => name === baseline)]!;
  const rows = commands.map(({ name }, index) => {
    const { wall, cpu, peak } = uses[index]!;
    return [
      name,
      milliseconds(wall),
      milliseconds(cpu),
      `${(cpu / base.cpu).toFixed(2)}×`,
      `${(peak / 1e6).toFixed(0)} MB`,
    ];
  });
  const headings = [title, 'time', 'processor', `/ ${baseline}`, 'peak'];
  return `${textTable(headings, rows)}\n\nMedians of ${rounds} runs in turn.`;
}

function milliseconds(value: number): string {
  return value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(2)} s`;
}
