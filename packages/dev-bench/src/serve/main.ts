import { parseArgs } from 'node:util';
import { installPeers } from '@wit-ts/dev-peers';
import { textTable } from '@wit-ts/dev-support/text-table';
import { sendLargeBodies } from './large-bodies.ts';
import { loadServer, type LoadRun } from './load-run.ts';
import { DEPLOYED, end, type MeasuredServer, SERVERS, untilAnswered } from './servers.ts';

const usage = `pnpm bench:serve [--seconds N] [--rounds N] [--only NAME]

Measures requests a second and latencies of \`serve\`, beside a bare node:http server and jco serve, with \`wrk\`
(Debian: apt-get install wrk), in alternating rounds. Then it sends bodies of 100 MB, and requests of which one in a
hundred traps. \`--only load\` or \`--only bodies\` does one of the two. \`--only worker\` measures the component as a
worker in workerd beside \`wit-ts serve\`.
`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

const FIRST_PORT = 9100;

if (values.help) process.stdout.write(usage);
else await main();

async function main(): Promise<void> {
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (values.only === 'worker') {
    await compareServers(DEPLOYED, [1, 16, 64], rounds, seconds);
    return;
  }
  if (values.only !== 'bodies') {
    await installPeers();
    await compareServers(SERVERS, [1, 16, 256], rounds, seconds);
  }
  const pool = SERVERS.find(({ name }) => name === 'serve, pool');
  if (values.only !== 'load' && pool !== undefined) await sendLargeBodies(pool, FIRST_PORT + SERVERS.length);
}

/** Compares servers with the first of them. */
async function compareServers(
  servers: readonly MeasuredServer[],
  connectionCounts: readonly number[],
  rounds: number,
  seconds: number,
): Promise<void> {
  const running = servers.map((server, at) => startOne(server, FIRST_PORT + at));
  try {
    for (const { url, group } of running) {
      await untilAnswered(url);
      // The first seconds are for the compilers of the engine.
      await loadServer(url, group, 16, 2);
    }
    const rows: string[][] = [];
    for (const connections of connectionCounts) {
      const runs = running.map((): LoadRun[] => []);
      for (let round = 0; round < rounds; round += 1)
        for (const [at, { url, group }] of running.entries())
          runs[at]!.push(await loadServer(url, group, connections, seconds));
      rows.push(...running.map(({ name }, at) => rowOf(name, connections, runs[at]!, runs[0]!)));
    }
    const headings = [
      'server',
      'connections',
      'requests/s',
      `÷ ${servers[0]!.name}`,
      'p50',
      'p99',
      'failed',
      'processor',
    ];
    process.stdout.write(`${textTable(headings, rows)}\n`);
  } finally {
    for (const { child } of running) end(child);
  }
}

function startOne(server: MeasuredServer, port: number) {
  const child = server.start(port);
  return { name: server.name, child, group: child.pid ?? 0, url: `http://127.0.0.1:${port}/hello` };
}

/** The medians of all rounds. Rounds are compared with the same round of the first server, a few seconds before. */
function rowOf(
  name: string,
  connections: number,
  runs: readonly LoadRun[],
  bare: readonly LoadRun[],
): string[] {
  const ratios = runs.map(({ perSecond }, round) => perSecond / bare[round]!.perSecond);
  const middle = runs.toSorted((a, b) => a.perSecond - b.perSecond)[runs.length >> 1]!;
  return [
    name,
    String(connections),
    Math.round(middle.perSecond).toLocaleString('en'),
    median(ratios).toFixed(2),
    middle.p50,
    middle.p99,
    String(runs.reduce((sum, { failed }) => sum + failed, 0)),
    `${median(runs.map(({ processor }) => processor)).toFixed(1)} µs`,
  ];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}
