import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { geometricMean } from '@wit-ts/dev-support/statistics';
import { textTable } from '@wit-ts/dev-support/text-table';
import { coldGuests } from './cold/cold-guests.ts';
import { measureColdStarts } from './cold/measure-cold-starts.ts';
import { contenderNames } from './contenders/make-instance.ts';
import { duration, times } from './format-figures.ts';
import { measureGeneratedSizes } from './generated-sizes.ts';
import { measureRows } from './measure-rows.ts';
import { showThroughput } from './show-throughput.ts';
import { asynchronousSuites, synchronousSuites } from './suites/suites.ts';

const usage = `pnpm bench [--only NAME] [--json FILE] [--built] [--megamorphic] [--async] [--processes N]

Compares wit-ts with hand-written glue code and with jco. It measures calls, cold starts and the size of generated code.

--only NAME    measure only the rows whose name contains NAME; 'cold' and 'size' are rows too
--json FILE    write all results to FILE
--built        for cold starts, load the JavaScript that \`pnpm build\` made instead of the TypeScript sources
--megamorphic  measure calls only, and use fifty other component types in each process first
--async        measure only tasks, streams and futures (some of jco's rows take minutes)
--processes N  measure each row in N processes (5 by default)
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    built: { type: 'boolean', default: false },
    megamorphic: { type: 'boolean', default: false },
    async: { type: 'boolean', default: false },
    processes: { type: 'string', default: '5' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const { only } = values;
const suites = values.async ? asynchronousSuites : synchronousSuites;

if (values.help) process.stdout.write(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const names = suites.flatMap((suite) => suite.rows.map(({ name }) => name));
  const chosen = names.filter((name) => only === undefined || name.includes(only));
  const onlyCalls = values.megamorphic || values.async;
  const withCold = !onlyCalls && (only === undefined || 'cold'.includes(only));
  const withSizes = !onlyCalls && (only === undefined || 'size'.includes(only));
  if (chosen.length === 0 && !withCold && !withSizes) {
    process.stderr.write(
      `no row name contains ${JSON.stringify(only)}. The rows are:\n${[...names, 'cold', 'size'].join('\n')}\n`,
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
    calls: chosen.length > 0 ? await measureAndShowCalls(chosen) : undefined,
    cold: withCold ? await measureAndShowColdStarts() : undefined,
    sizes: withSizes ? await measureAndShowSizes() : undefined,
  };
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

async function measureAndShowCalls(chosen: readonly string[]): Promise<unknown> {
  const options = { megamorphic: values.megamorphic, processes: Number(values.processes) };
  const results = await measureRows(suites, ({ name }) => chosen.includes(name), options, showProgress);
  showProgress('');
  const afterWarmUp = options.megamorphic ? ' after using fifty other component types' : '';
  say(`All contenders give the same answers. Median time of one call${afterWarmUp}:\n`);
  const witTsToHand = results.map(({ ratios }) => ratios.witTsToHand);
  const staticToWitTs = results.map(({ ratios }) => ratios.staticToWitTs);
  const jcoToWitTs = results.map(({ ratios }) => ratios.jcoToWitTs);
  const rows = results.map(({ name, timings }, index) => [
    name,
    ...contenderNames.map((contender) => duration(timings[contender])),
    times(witTsToHand[index]!),
    times(staticToWitTs[index]!),
    times(jcoToWitTs[index]!),
  ]);
  const means = {
    witTsToHand: geometricMean(witTsToHand),
    staticToWitTs: geometricMean(staticToWitTs),
    jcoToWitTs: geometricMean(jcoToWitTs),
  };
  rows.push(['geometric mean', '', '', '', '', ...Object.values(means).map(times)]);
  say(
    `${textTable(['call', ...contenderNames, 'wit-ts / by hand', 'static / wit-ts', 'jco / wit-ts'], rows)}\n`,
  );
  showThroughput(results);
  return {
    unit: 'ns',
    megamorphic: options.megamorphic,
    geometricMeans: means,
    rows: results,
  };
}

async function measureAndShowColdStarts(): Promise<unknown> {
  const guests: Record<string, unknown> = {};
  for (const guest of await coldGuests()) {
    if ('unavailable' in guest) {
      say(`The cold start of the 12 MB component is not measured: ${guest.unavailable}\n`);
      continue;
    }
    const results = await measureColdStarts(guest, values.built);
    say(`Median time from the bytes of ${guest.name} to its first answer, in a new process:\n`);
    const rows = [...results].map(([name, { load, firstAnswer, withoutCollection }]) => [
      name,
      ...[load, firstAnswer, withoutCollection].map((milliseconds) => duration(milliseconds * 1e6)),
    ]);
    const headings = ['start', 'load the library', 'first answer', 'the same without garbage collection'];
    say(`${textTable(headings, rows)}\n`);
    guests[guest.name] = Object.fromEntries(results);
  }
  return { unit: 'ms', guests };
}

async function measureAndShowSizes(): Promise<unknown> {
  const sizes = await measureGeneratedSizes();
  const rows = sizes.map(({ component, output, bytes, gzip }) => [
    `${component}: ${output}`,
    bytes.toLocaleString('en'),
    gzip.toLocaleString('en'),
  ]);
  say(`Size of the generated code:\n\n${textTable(['component and output', 'bytes', 'gzip'], rows)}\n`);
  return sizes;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
