import { request } from 'node:http';
import { end, type MeasuredServer, untilAnswered } from './servers.ts';
import { MemorySamples } from './memory-samples.ts';

/** Sends large bodies both ways, and requests of which some trap, to one server. Prints its memory meanwhile. */
export async function sendLargeBodies(server: MeasuredServer, port: number): Promise<void> {
  const child = server.start(port);
  const samples = new MemorySamples(child);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await untilAnswered(`${origin}/hello`);
    const large = new Uint8Array(100 << 20);
    // The first time, V8 and the allocators of Node take what they keep.
    for (const time of ['first', 'second']) {
      await timed(
        `100 MB to the client, ${time} time`,
        samples,
        async () => (await exchange(`${origin}/megabytes/100`)).bytes,
      );
      await timed(`100 MB to the program, ${time} time`, samples, async () =>
        Number((await exchange(`${origin}/count`, large)).text),
      );
      await timed(
        `100 MB in both directions, ${time} time`,
        samples,
        async () => (await exchange(`${origin}/echo`, large)).bytes,
      );
    }
    await timed('100,000 requests, one in a hundred traps', samples, () => withTraps(origin, 100_000));
  } finally {
    end(child);
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

async function timed(name: string, samples: MemorySamples, work: () => Promise<number>): Promise<void> {
  samples.start();
  const start = performance.now();
  const result = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const memory = (['rss', 'heapUsed', 'external'] as const)
    .map((kind) => [kind, samples.range(kind)] as const)
    .map(([kind, { before, most }]) => `${kind} ${before.toFixed(0)} MB, at most ${most.toFixed(0)}`);
  process.stdout.write(`${name}: ${result.toLocaleString('en')} in ${seconds} s; ${memory.join('; ')}\n`);
}
