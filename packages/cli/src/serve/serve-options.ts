import type { ServeOptions } from '@wit-ts/wasi/http';
import { usageFailure } from '../failure.ts';

/** The flags of `serve` that are not grants. */
export interface ServeFlags {
  readonly addr: string;
  readonly instances?: string;
  readonly timeout: string;
  readonly maxBody?: string;
  readonly maxMemory?: string;
  readonly maxConcurrent?: string;
  readonly watch?: boolean;
}

/** Returns what the flags say about the server. @throws Failure when a flag is not in its form */
export function serveOptionsOf(flags: ServeFlags): ServeOptions {
  const { instances, maxBody, maxMemory, maxConcurrent } = flags;
  if (instances !== undefined && instances !== 'request' && instances !== 'pool')
    throw usageFailure(`--instances ${instances}: it is \`request\` or \`pool\``);
  return {
    ...addressOf(flags.addr),
    ...(instances !== undefined && { instances }),
    limits: {
      milliseconds: millisecondsOf(flags.timeout),
      ...(maxBody !== undefined && { bodyBytes: sizeOf('--max-body', maxBody) }),
      ...(maxMemory !== undefined && { instance: { memoryBytes: sizeOf('--max-memory', maxMemory) } }),
      ...(maxConcurrent !== undefined && { concurrent: countOf('--max-concurrent', maxConcurrent) }),
    },
  };
}

function addressOf(text: string): { readonly host: string; readonly port: number } {
  const [, ipv6, name, digits] = /^(?:\[([\da-f:.]+)\]|([^:\s[\]]+)):(\d{1,5})$/iu.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = Number(digits);
  if (host !== undefined && port <= 65_535) return { host, port };
  throw usageFailure(
    `--addr ${text}: not a host and a port`,
    'write it like --addr 127.0.0.1:8080, or --addr [::1]:8080',
  );
}

/** The longest time of a timer: 2^31 - 1 milliseconds. */
const MOST_SECONDS = 2_147_483;

function millisecondsOf(text: string): number {
  const seconds = /^\d{1,7}(?:\.\d{1,9})?$/u.test(text) ? Number(text) : 0;
  const milliseconds = Math.ceil(seconds * 1000);
  if (milliseconds > 0 && seconds <= MOST_SECONDS) return milliseconds;
  throw usageFailure(`--timeout ${text}: not a number of seconds above 0, and at most ${MOST_SECONDS}`);
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
]);

function sizeOf(flag: string, text: string): number {
  const [, digits, unit = ''] = /^(\d{1,15})((?:[KMG]iB)?)$/iu.exec(text) ?? [];
  const bytes = Number(digits) * UNITS.get(unit.toLowerCase())!;
  if (Number.isSafeInteger(bytes)) return bytes;
  throw usageFailure(`${flag} ${text}: not a size`, `write it like ${flag} 1048576, or ${flag} 1MiB`);
}

function countOf(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  throw usageFailure(`${flag} ${text}: not a whole number above 0`);
}
