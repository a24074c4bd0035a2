import type { CallRecorder } from '../calls/call-recorder.ts';
import type { Descriptor } from '../files/descriptor.ts';
import type { MetadataHash } from '../files/metadata-hash.ts';
import type { NodeStat } from '../files/node.ts';
import type { Refusal } from '../refusal.ts';
import type { ByteSink, ByteSource } from './byte-streams.ts';
import type { NetworkGrants } from './network-grants.ts';
import type { Sockets } from './sockets/sockets.ts';

/** The clocks of one instance, in nanoseconds. */
export interface Clocks {
  wallNow(): bigint;
  wallResolution(): bigint;
  monotonicNow(): bigint;
  monotonicResolution(): bigint;
  /** Blocks the thread; absent where it cannot be blocked. A fixed clock does not make this shorter. */
  sleep?(nanoseconds: bigint): void;
  /** Resolves after the time, also when it is longer than a timer of the platform can count. */
  sleeping(nanoseconds: bigint, signal?: AbortSignal): Promise<void>;
}

/** A directory that the program finds when it starts. */
export interface Preopen {
  /** The guest's absolute path. */
  readonly path: string;
  readonly directory: Descriptor;
}

/**
 * Everything that one instance may use: its grants, bound to the platform. Preview 1, 0.2 and 0.3 are three ways to ask
 * for it. Nothing of it is shared with another instance.
 */
export interface System {
  readonly args: readonly string[];
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly preopens: readonly Preopen[];
  readonly stdin: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  /** Absent without the grant. */
  readonly clocks: Clocks | undefined;
  /** Fills an array of any length with random bytes. Absent without the grant. */
  readonly random: ((bytes: Uint8Array) => void) | undefined;
  /** Whether the program may end itself. */
  readonly mayExit: boolean;
  readonly network: NetworkGrants;
  /** Makes sockets that keep to `network`. */
  readonly sockets: Sockets;
  readonly limits: {
    readonly descriptors: number;
    readonly bytesPerCall: number;
    readonly headerBytes: number;
  };
  /** The hash of `metadata-hash`, with a secret of this instance. */
  readonly metadataHash: (stat: NodeStat) => MetadataHash;
  /** Reports a call that no grant covers. The caller gives the program its error. */
  refuse(refusal: Refusal): void;
  /** Records the calls of the instance. Absent if the host does not ask for them. */
  readonly calls?: CallRecorder;
  /** Closes every descriptor and stream that is still open. */
  close(): void;
}
