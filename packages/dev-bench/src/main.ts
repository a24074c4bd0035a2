import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { coldGuests } from './cold/guests.ts';
import { measureCold } from './cold/measure-cold.ts';
import { type ContenderName, contenderNames } from './contenders/contenders.ts';
import { geometricMean } from './measure.ts';
import { measureCalls, type RowResult } from './measure-calls.ts';
import { suites } from './suites/suites.ts';
import { measureSizes } from './sizes.ts';
import { duration, table, times } from './table.ts';

const usage = `pnpm bench [--only NAME] [--json FILE] [--built]

--only NAME    only rows whose name contains NAME; 'cold' and 'size' are rows too
--json FILE    writes all numbers to FILE
--built        for cold starts, loads wit-ts as \`pnpm build\` made it and not from its TypeScript
--megamorphic  measures calls only, each after fifty other component types were used in its process
--processes N  in how many processes each row is measured; 5 where none is given
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    built: { type: 'boolean', default: false },
    megamorphic: { type: 'boolean', default: false },
    processes: { type: 'string', default: '5' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const { only } = values;

if (values.help) process.stdout.write(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const names = suites.flatMap((suite) => suite.rows.map(({ name }) => name));
  const chosen = names.filter((name) => only === undefined || name.includes(only));
  const others = !values.megamorphic;
  const cold = others && (only === undefined || 'cold'.includes(only));
  const size = others && (only === undefined || 'size'.includes(only));
  if (chosen.length === 0 && !cold && !size) {
    process.stderr.write(
      `No row has ${JSON.stringify(only)} in its name. There are:\n${[...names, 'cold', 'size'].join('\n')}\n`,
    );
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

async function calls(chosen: readonly string[]): Promise<unknown> {
  const options = { megamorphic: values.megamorphic, processes: Number(values.processes) };
  const results = await measureCalls(({ name }) => chosen.includes(name), options, progress);
  progress('');
  const after = options.megamorphic ? ', after fifty other component types' : '';
  say(`All give the same answers. Time of one call${after}, median:\n`);
  const witTsToHand = results.map(({ ratios }) => ratios.witTsToHand);
  const jcoToWitTs = results.map(({ ratios }) => ratios.jcoToWitTs);
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
    megamorphic: options.megamorphic,
    geometricMeans: means,
    rows: results,
  };
}

async function coldStarts(): Promise<unknown> {
  const guests: Record<string, unknown> = {};
  for (const guest of await coldGuests()) {
    if ('unavailable' in guest) {
      say(`The component of 12 MB is not measured: ${guest.unavailable}\n`);
      continue;
    }
    const results = await measureCold(guest, values.built);
    say(`From the bytes of ${guest.name} to its first answer, in a fresh process, median:\n`);
    const body = [...results].map(([name, { load, firstAnswer, withoutCollection }]) => [
      name,
      ...[load, firstAnswer, withoutCollection].map((milliseconds) => duration(milliseconds * 1e6)),
    ]);
    const head = ['', 'load the library', 'first answer', 'without a garbage collection'];
    say(`${table(head, body)}\n`);
    guests[guest.name] = Object.fromEntries(results);
  }
  return { unit: 'ms', guests };
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

function medianOf({ timings }: RowResult, name: ContenderName): number {
  return timings[name];
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
