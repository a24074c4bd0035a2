/** A service of the made-up log, and how long its requests usually take, in milliseconds. */
const services = [
  ['gateway', 12],
  ['accounts', 35],
  ['catalogue', 80],
  ['payments', 140],
  ['search', 55],
  ['thumbnails', 220],
] as const;

const messages = [
  'request finished',
  'cache missed, asking the database',
  'retry after a timeout of the peer',
  'user said "hello" \\ and left',
  'Grüße aus Köln 🌍',
  'two lines:\nthis is the second\tone',
];

/** The lines that are not entries: broken, of another type, or without a field that must be there. */
const malformed = [
  'panic: not JSON at all',
  '{"level":"info","service":"gateway"',
  '{"level":"info","service":"gateway",}',
  '["level","info"]',
  '{"level":"info","message":"which service?"}',
  '{"level":"info","service":"gateway","duration_ms":"fast"}',
  '{"level":"info","service":"gateway","duration_ms":-1}',
];

/**
 * Makes the lines of a log of requests, without end: the same lines for the same seed. One line in about a thousand is
 * malformed, one entry in about fifty is an error, and one in about two hundred takes longer than a second.
 */
export function* logLines(seed = 1): Generator<string, never> {
  const random = randomNumbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  let time = Date.UTC(2026, 0, 1);
  for (let id = 0; ; id += 1) {
    time += Math.floor(random() * 40);
    if (random() < 0.001) {
      yield pick(malformed);
      continue;
    }
    const [service, usual] = pick(services);
    const isSlow = random() < 0.005;
    const duration = usual * (0.2 + 2 * random() ** 3) * (isSlow ? 40 : 1);
    const chance = random();
    const level = chance < 0.02 ? 'error' : chance < 0.08 ? 'warn' : chance < 0.25 ? 'debug' : 'info';
    yield JSON.stringify({
      timestamp: new Date(time).toISOString(),
      level,
      service,
      message: pick(messages),
      // Some entries are not about a request.
      ...(random() < 0.1 ? {} : { duration_ms: Math.round(duration * 1000) / 1000 }),
      ...(random() < 0.3 ? { request: { id, path: `/${service}/${id % 97}`, tags: ['a', { b: [] }] } } : {}),
    });
  }
}

/** The generator `mulberry32`: numbers from 0 to 1 that depend only on the seed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
