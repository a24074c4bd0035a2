import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { parseArgs, promisify } from 'node:util';
import { installPeers } from '@wit-ts/dev-peers';
import { textTable } from '@wit-ts/dev-support/text-table';
import { type MeasuredServer, SERVERS, untilAnswered } from './servers.ts';

const usage = `pnpm bench:serve [--seconds N] [--only NAME]

Measures requests a second and latencies of \`serve\`, beside a bare node:http server and jco serve, with \`wrk\`
(Debian: apt-get install wrk). Then it sends bodies of 100 MB and requests of which one in a hundred traps.
`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(usage);
else await main();

async function main(): Promise<void> {
  await installPeers();
  const rows: string[][] = [];
  let port = 9100;
  for (const server of SERVERS.filter(({ name }) => name.includes(values.only))) {
    port += 1;
    rows.push(...(await measured(server, port)));
  }
  const headings = ['server', 'connections', 'requests/s', 'p50', 'p99', 'failed', 'processor'];
  process.stdout.write(`${textTable(headings, rows)}\n`);
  if (values.only === '') await withBodies(port + 1);
}

async function measured(server: MeasuredServer, port: number): Promise<string[][]> {
  const child = server.start(port);
  const url = `http://127.0.0.1:${port}/hello`;
  try {
    await untilAnswered(url);
    // The first second is for the compilers of the engine.
    await load(url, 16, 1);
    const rows: string[][] = [];
    for (const connections of [1, 16, 256]) {
      const before = await processorTime(child.pid);
      const { requests, cells } = await load(url, connections, Number(values.seconds));
      const time = ((await processorTime(child.pid)) - before) / requests;
      rows.push([server.name, String(connections), ...cells, `${time.toFixed(1)} µs`]);
    }
    return rows;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Microseconds of the processor that a process has used. Other programs on the machine do not change it much. */
async function processorTime(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  // Linux counts in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Returns requests a second, the 50th and 99th percentile, and the failed requests. */
async function load(
  url: string,
  connections: number,
  seconds: number,
): Promise<{ readonly requests: number; readonly cells: readonly string[] }> {
  const args = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--latency', url];
  const { stdout } = await promisify(execFile)('wrk', args);
  const field = (pattern: RegExp): string => pattern.exec(stdout)?.[1] ?? '0';
  const cells = [
    Math.round(Number(field(/Requests\/sec:\s+([\d.]+)/u))).toLocaleString('en'),
    field(/50%\s+(\S+)/u),
    field(/99%\s+(\S+)/u),
    field(/Non-2xx or 3xx responses: (\d+)/u),
  ];
  return { requests: Number(field(/(\d+) requests in/u)), cells };
}

/** Sends large bodies both ways, and requests of which some trap, to one server with a pool. */
async function withBodies(port: number): Promise<void> {
  const server = SERVERS.find(({ name }) => name === 'serve, pool');
  const child = server?.start(port);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await untilAnswered(`${origin}/hello`);
    const memory = async (): Promise<number> => {
      const status = await readFile(`/proc/${child?.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]) / 1024);
    };
    await timed(
      '100 MB to the client',
      memory,
      async () => (await exchange(`${origin}/megabytes/100`)).bytes,
    );
    const large = new Uint8Array(100 << 20);
    await timed('100 MB to the program', memory, async () =>
      Number((await exchange(`${origin}/count`, large)).text),
    );
    await timed(
      '100 MB in both directions',
      memory,
      async () => (await exchange(`${origin}/echo`, large)).bytes,
    );
    await timed('100,000 requests, one in a hundred traps', memory, () => withTraps(origin, 100_000));
  } finally {
    child?.kill('SIGKILL');
  }
}

/** Sends a request over a connection of its own, and returns the length of the response and its first bytes. */
function exchange(
  url: string,
  body?: Uint8Array,
): Promise<{ readonly bytes: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(url, { method, agent: false }, (response) => {
      let bytes = 0;
      let text = '';
      response.on('data', (chunk: Uint8Array) => {
        if (bytes === 0) text = new TextDecoder().decode(chunk.subarray(0, 100));
        bytes += chunk.length;
      });
      response.on('end', () => resolve({ bytes, text }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Returns how many requests were answered as they must be. */
async function withTraps(origin: string, count: number): Promise<number> {
  let next = 0;
  let right = 0;
  const client = async (): Promise<void> => {
    while (next < count) {
      const at = (next += 1);
      const traps = at % 100 === 0;
      const response = await fetch(origin + (traps ? '/trap' : '/hello'));
      const text = await response.text();
      if (traps ? response.status === 500 : text === 'hello\n') right += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
  return right;
}

async function timed(
  name: string,
  memory: () => Promise<number>,
  work: () => Promise<number>,
): Promise<void> {
  const [start, before] = [performance.now(), await memory()];
  const result = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${name}: ${result.toLocaleString('en')} in ${seconds} s; memory of the server ${before} MB before, ${await memory()} MB after\n`,
  );
}
