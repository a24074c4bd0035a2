/** What runs the guests of a suite: the command line of this project, or a shim to compare with. */
export const guestHosts = ['wit-ts', 'preview3-shim'] as const;

export type GuestHost = (typeof guestHosts)[number];

/** What one guest is, and what it may use. */
export interface GuestSettings {
  /** The path of the component or core module. */
  readonly component: string;
  readonly world: 'command' | 'service';
  /** The guest's arguments after the name of the program. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The absolute path of the directory that the guest sees as `/`. */
  readonly root?: string;
  readonly proposals: readonly ('http' | 'sockets')[];
}
