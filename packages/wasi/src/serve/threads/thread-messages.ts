import type { Limits, TransferableComponent } from '@wit-ts/runtime';
import type { WasiCall } from '../../calls/wasi-call.ts';
import type { Grants } from '../../grants.ts';
import type { Refusal } from '../../refusal.ts';
import type { ErrorData, StreamName } from '../../worker/messages.ts';
import type { HandlerOptions } from '../options.ts';
import type { AccessEntry } from '../serve.ts';

/** A component for another thread, with the limits to compile it for. */
export interface PostedComponent {
  /** Compiled already if its core modules fit the limits. */
  readonly source: Uint8Array<ArrayBuffer> | TransferableComponent;
  readonly limits: Limits | undefined;
}

/** What a thread of a server is given. */
export interface ThreadSetup {
  readonly component: PostedComponent;
  /** Without functions and streams. */
  readonly grants: Grants;
  /** The outputs that the thread of the host receives. */
  readonly rings: Readonly<Partial<Record<StreamName, SharedArrayBuffer>>>;
  /** What the host wants to be told. */
  readonly reports: { readonly refusals: boolean; readonly requests: boolean };
  /** Where the thread of the host counts the calls that it was told of. Absent if it does not ask for them. */
  readonly reportedCalls: SharedArrayBuffer | undefined;
  /** `concurrent` and `queued` are the share of this thread. */
  readonly options: Pick<HandlerOptions, 'instances' | 'limits'>;
  readonly host: string;
  readonly port: number;
  readonly sharesPort: boolean;
  /** The memory of a `RequestTable`. */
  readonly table: SharedArrayBuffer;
}

/** What the thread of the host asks for, one at a time but for `close`. */
export type ThreadCommand =
  | { readonly tag: 'start'; readonly setup: ThreadSetup }
  /** Makes another component ready, which takes no requests until it is committed. */
  | { readonly tag: 'prepare'; readonly component: PostedComponent }
  | { readonly tag: 'commit' }
  | { readonly tag: 'discard' }
  | { readonly tag: 'close'; readonly milliseconds: number };

export type ToThread = { readonly id: number; readonly command: ThreadCommand } | 'wake';

export type FromThread =
  | { readonly tag: 'wake' }
  | { readonly tag: 'refused'; readonly refusal: Refusal }
  | { readonly tag: 'called'; readonly call: WasiCall }
  | { readonly tag: 'requests'; readonly entries: readonly AccessEntry[] }
  | { readonly tag: 'error'; readonly error: ErrorData }
  /** The answer to the command with this number. */
  | { readonly tag: 'done'; readonly id: number; readonly error?: ErrorData };
