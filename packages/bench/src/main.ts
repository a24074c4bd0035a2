import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureCold } from './cold/measure-cold.ts';
import { type ContenderName, contenderNames } from './contenders/contenders.ts';
import { geometricMean } from './measure.ts';
import { measureCalls, type RowResult } from './measure-calls.ts';
import { rows } from './rows.ts';
import { measureSizes } from './sizes.ts';
import { duration, table, times } from './table.ts';

const usage = `pnpm bench [--only NAME] [--json FILE] [--built]

--only NAME  only rows whose name contains NAME; 'cold' and 'size' are rows too
--json FILE  writes all numbers to FILE
--built      for cold starts, loads wit-ts as \`pnpm build\` made it and not from its TypeScript
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    built: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const { only } = values;

if (values.help) process.stdout.write(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const chosen = rows.filter(({ name }) => only === undefined || name.includes(only));
  const cold = only === undefined || 'cold'.includes(only);
  const size = only === undefined || 'size'.includes(only);
  if (chosen.length === 0 && !cold && !size) {
    const names = [...rows.map(({ name }) => name), 'cold', 'size'];
    process.stderr.write(`No row has ${JSON.stringify(only)} in its name. There are:\n${names.join('\n')}\n`);
    return 2;
  }
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
  };
  say(`Node ${machine.node}, ${machine.cpu}, ${machine.cores} cores\n`);
  const report = {
    machine,
    calls: chosen.length > 0 ? await calls(chosen) : undefined,
    cold: cold ? await coldStarts() : undefined,
    sizes: size ? await generatedSizes() : undefined,
  };
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

async function calls(chosen: typeof rows): Promise<unknown> {
  const results = await measureCalls(chosen, progress);
  progress('');
  say('All give the same answers. Time of one call, median:\n');
  const witTsToHand = results.map((result) => ratio(result, 'wit-ts', 'by hand'));
  const jcoToWitTs = results.map((result) => ratio(result, 'jco', 'wit-ts'));
  const body = results.map((result, index) => [
    result.name,
    ...contenderNames.map((name) => duration(medianOf(result, name))),
    times(witTsToHand[index]!),
    times(jcoToWitTs[index]!),
  ]);
  const means = { witTsToHand: geometricMean(witTsToHand), jcoToWitTs: geometricMean(jcoToWitTs) };
  body.push(['geometric mean', '', '', '', times(means.witTsToHand), times(means.jcoToWitTs)]);
  say(`${table(['', ...contenderNames, 'wit-ts / by hand', 'jco / wit-ts'], body)}\n`);
  return {
    unit: 'ns',
    geometricMeans: means,
    rows: results,
  };
}

async function coldStarts(): Promise<unknown> {
  const results = await measureCold(values.built);
  say('From the bytes of edge-handler to its first answer, in a fresh process, median:\n');
  const body = [...results].map(([name, { load, firstAnswer }]) => [
    name,
    duration(load * 1e6),
    duration(firstAnswer * 1e6),
  ]);
  say(`${table(['', 'load the library', 'first answer'], body)}\n`);
  return { unit: 'ms', rows: Object.fromEntries(results) };
}

async function generatedSizes(): Promise<unknown> {
  const sizes = await measureSizes();
  const body = sizes.map(({ component, what, bytes, gzip }) => [
    `${component}: ${what}`,
    bytes.toLocaleString('en'),
    gzip.toLocaleString('en'),
  ]);
  say(`Generated text, bytes:\n\n${table(['', 'bytes', 'gzip'], body)}\n`);
  return sizes;
}

function ratio(result: RowResult, above: ContenderName, below: ContenderName): number {
  return medianOf(result, above) / medianOf(result, below);
}

function medianOf({ timings }: RowResult, name: ContenderName): number {
  return timings[name].median;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
