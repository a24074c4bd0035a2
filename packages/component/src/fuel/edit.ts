/**
 * A loop, or a whole body. While nothing is called in it, only its own charges change the counter, so that a local can
 * hold its value.
 */
export interface Region {
  parent: Region | undefined;
  /** False for a loop that no branch repeats, which is no more than a block. */
  isRepeated: boolean;
  hasCall: boolean;
}

/** Code that is only entered at its start, so its cost can be charged there. */
export interface Section {
  /**
   * `entry` is the start of a function and `head` the start of a loop, where the counter is tested. `plain` sections
   * are charged only.
   */
  readonly tag: 'entry' | 'head' | 'plain';
  /** For a head the bytes of the operator `loop`; otherwise both are the offset at which the section starts. */
  readonly start: number;
  readonly end: number;
  readonly region: Region;
  cost: number;
}

/** An operator that reads or writes a global behind the imported ones, whose index grows. */
interface MovedGlobal {
  readonly tag: 'global';
  readonly start: number;
  readonly end: number;
  readonly opcode: number;
  readonly index: number;
}

/** An operator whose cost is its last operand. */
interface BulkOperator {
  readonly tag: 'bulk';
  readonly start: number;
  readonly end: number;
  readonly isLong: boolean;
}

/** What changes in a body: the bytes from `start` to `end` are replaced, or code is inserted if both are equal. */
export type Edit = Section | MovedGlobal | BulkOperator;

/** Returns true when a local holds the counter's value everywhere in a region. */
export function isHeldInLocal(region: Region): boolean {
  let repeated = region;
  while (!repeated.isRepeated) repeated = repeated.parent!;
  // Hostile code nests many such loops. Each is passed once.
  for (let at = region; at !== repeated;) {
    const { parent } = at;
    at.parent = repeated;
    at = parent!;
  }
  return !repeated.hasCall;
}
