import type { TransferableComponent } from '@wit-ts/runtime';
import type { WasiCall } from '../calls/wasi-call.ts';
import type { Grants } from '../grants.ts';
import type { Refusal } from '../refusal.ts';
import type { RunOptions } from '../run/run.ts';

/** The names of the standard streams, in the order of their descriptors. */
export const STREAMS = ['stdin', 'stdout', 'stderr'] as const;
export type StreamName = (typeof STREAMS)[number];

/** The options of a run that another thread can be given. */
export type ClonedOptions = Pick<RunOptions, 'limits' | 'engine'>;

/** How much fuel there is: a `Fuel` of the host cannot be posted. */
export interface FuelAmounts {
  readonly limit: number;
  readonly used: number;
}

/** The first message of the host. */
export interface Start {
  readonly program: Uint8Array<ArrayBuffer> | WebAssembly.Module | TransferableComponent;
  /** Without functions and streams. */
  readonly grants: Grants;
  /** The streams that the thread of the host serves. */
  readonly rings: Readonly<Partial<Record<StreamName, SharedArrayBuffer>>>;
  readonly reportsRefusals: boolean;
  /** Where the thread of the host counts the calls that it was told of. Absent if it does not ask for them. */
  readonly reportedCalls: SharedArrayBuffer | undefined;
  /** The fuel of the limits is a number, or it is in `fuel`. */
  readonly options: ClonedOptions;
  readonly fuel: FuelAmounts | undefined;
}

/** All others only wake the worker. */
export type ToWorker = Start | 'wake';

export type FromWorker =
  | { readonly tag: 'wake' }
  | { readonly tag: 'refused'; readonly refusal: Refusal }
  | { readonly tag: 'called'; readonly call: WasiCall }
  | ({ readonly tag: 'ended'; readonly code: number } & UsedFuel)
  | ({ readonly tag: 'failed'; readonly error: ErrorData } & UsedFuel);

interface UsedFuel {
  /** Absent if the host gave no `Fuel`. */
  readonly used: number | undefined;
}

/** An error as data, because a clone of an error forgets its class. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** The code of a `FileError`, `Trap` or `LinkError`. */
  readonly code: unknown;
  /** Those of a `LinkError`. */
  readonly problems: unknown;
}
