/**
 * A call that no grant covers. The program receives the error that its interface has for this, and the host receives
 * this report.
 */
export interface Refusal {
  /** The full name of the interface, such as `wasi:filesystem/types@0.2.12` or `wasi_snapshot_preview1`. */
  readonly interface: string;
  readonly function: string;
  /** What the program asked for: a path, an address, an origin. Empty if the call has no such argument. */
  readonly asked: string;
  /** What was missing, in a sentence: `no directory grants it`. */
  readonly reason: string;
  /**
   * The flags of `wit-ts run` that would grant it: `--dir /etc::/etc`. Empty if nothing would, or if somebody has to
   * choose what to grant; `reason` says so then.
   */
  readonly flags: readonly string[];
}

/** Says in one line what a program asked for and how to grant it. */
export function refusalText({ asked, interface: name, function: func, reason, flags }: Refusal): string {
  const what = asked === '' ? `called \`${func}\` of \`${name}\`` : `asked for \`${asked}\``;
  const remedy = flags.length === 0 ? '' : `; \`${flags.join(' ')}\` would`;
  return `the program ${what}; ${reason}${remedy}`;
}
