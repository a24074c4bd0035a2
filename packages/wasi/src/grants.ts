import type { WasiCall } from './calls/wasi-call.ts';
import type { OpenDirectory } from './files/node.ts';
import type { Refusal } from './refusal.ts';
import type { ByteSink, ByteSource } from './system/byte-streams.ts';

/** A directory that a program may use. */
export interface DirectoryGrant {
  /** Its path on the host, or a directory that the host has made, such as one in memory. */
  readonly host: string | OpenDirectory;
  /** The absolute path under which the program sees it. */
  readonly guest: string;
  /** Whether the program may change anything below it; false by default. */
  readonly write?: boolean;
}

/**
 * What a standard input gives: bytes, text, a stream of either, or `inherit` for the input of the process. Absent: a
 * stream that has ended.
 */
export type InputGrant =
  | 'inherit'
  | string
  | Uint8Array
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>
  | ByteSource;

/**
 * Where a standard output goes: a function that receives chunks, a stream, or `inherit` for the output of the process.
 * Absent: bytes are taken and forgotten.
 */
export type OutputGrant =
  'inherit' | ((chunk: Uint8Array<ArrayBuffer>) => void) | WritableStream<Uint8Array> | ByteSink;

/** A fixed or a shifted clock. */
export interface ClockGrant {
  /** Nanoseconds since 1970-01-01T00:00Z; read at each call when it is a function. */
  readonly wall?: bigint | (() => bigint);
  /** Nanoseconds since any moment; read at each call when it is a function. */
  readonly monotonic?: bigint | (() => bigint);
}

/** What a program may use. Nothing is granted that is absent. */
export interface Grants {
  readonly dirs?: readonly DirectoryGrant[];
  readonly env?: Readonly<Record<string, string>>;
  /** The arguments of the program, its own name first, as in C. */
  readonly args?: readonly string[];
  readonly stdin?: InputGrant;
  readonly stdout?: OutputGrant;
  readonly stderr?: OutputGrant;
  /** The addresses that the program may connect or send to: `example.org:443`, `10.0.0.1:*`, `*:53`. */
  readonly net?: readonly string[];
  /** The addresses that the program may listen on: `127.0.0.1:8080`, `127.0.0.1:*`. */
  readonly listen?: readonly string[];
  /** The origins that outgoing requests may go to: `https://api.example.org`, or `*` for all. */
  readonly http?: readonly string[];
  /** True for the clocks of the host. */
  readonly clocks?: boolean | ClockGrant;
  /** True for random bytes of the host; a seed for the same bytes in every run. */
  readonly random?: boolean | { readonly seed: bigint };
  /** Whether the program may end itself with an exit code before its main function returns. */
  readonly exit?: boolean;
  /** Receives every call that was refused because no grant covers it. */
  readonly onRefused?: (refusal: Refusal) => void;
  /**
   * Receives every call of a function of WASI when it has ended, with its arguments, its result, its time, and the
   * grant that allowed it. An error that it throws ends the program. Without it, calls are no slower. It holds for
   * `run`, `runInWorker`, `instantiateWithGrants` and servers; `wasi` has no part in how an instance calls its imports.
   */
  readonly onCall?: (call: WasiCall) => void;
  readonly limits?: WasiLimits;
}

/** The most that one instance may use of the host. */
export interface WasiLimits {
  /** Open descriptors at once; 1,024 by default. */
  readonly descriptors?: number;
  /** Bytes that one read or one request for random bytes returns; 1 MiB by default. */
  readonly bytesPerCall?: number;
  /** Bytes of the headers of a request or response; 128 KiB by default. */
  readonly headerBytes?: number;
}
