import type { ServeOptions } from '@wit-ts/wasi/http';
import { usageFailure } from '../failure.ts';
import { bytesOf, countOf, millisecondsOf, operatorsOf } from '../flag-values.ts';

/** The flags of `serve` that are not grants. */
export interface ServeFlags {
  readonly addr: string;
  readonly workers: string;
  readonly instances?: string;
  readonly timeout: string;
  readonly maxBody?: string;
  readonly maxMemory?: string;
  readonly fuel?: string;
  readonly maxConcurrent?: string;
  readonly watch?: boolean;
}

/** Returns what the flags say about the server. @throws Failure when a flag is not in its form */
export function serveOptionsOf(flags: ServeFlags): ServeOptions {
  const { instances, maxBody, maxMemory, maxConcurrent, fuel } = flags;
  if (instances !== undefined && instances !== 'request' && instances !== 'pool')
    throw usageFailure(`--instances ${instances}: it is \`request\` or \`pool\``);
  return {
    ...addressOf(flags.addr),
    workers: countOf('--workers', flags.workers),
    ...(instances !== undefined && { instances }),
    limits: {
      milliseconds: millisecondsOf('--timeout', flags.timeout),
      ...(maxBody !== undefined && { bodyBytes: bytesOf('--max-body', maxBody) }),
      ...(maxMemory !== undefined && { instance: { memoryBytes: bytesOf('--max-memory', maxMemory) } }),
      ...(fuel !== undefined && { fuel: operatorsOf('--fuel', fuel) }),
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
