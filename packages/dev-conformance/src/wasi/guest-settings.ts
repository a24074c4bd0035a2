import type { AbiEngineName } from '../conformance-suite.ts';

/** What the process of a guest has to do. It gets this as its only argument, in JSON. */
export interface GuestSettings {
  /** The path of the component. */
  readonly component: string;
  readonly world: 'command' | 'service';
  /** The guest's arguments after the name of the program. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The absolute path of the directory that the guest sees as `/`. */
  readonly root?: string;
  readonly engine: AbiEngineName;
}

/** What the process of a guest reports beside its standard output, which belongs to the guest. */
export type GuestMessage =
  /** The command is linked, and about to run: from now on the exit code is the guest's. */
  | { readonly running: true }
  /** The service listens at this port of the loopback interface. */
  | { readonly listening: number }
  /** The guest did not end by itself: it cannot be linked, it trapped, or it waits for ever. */
  | { readonly failed: string };
