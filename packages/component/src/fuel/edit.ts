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
  cost: number;
  /** Of a head: false for a loop that no branch repeats, which is no more than a block. */
  isRepeated: boolean;
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
  readonly isLong: boolean;
}

/** An operator that branches to labels, of which 0 is the innermost. */
interface Branch {
  readonly tag: 'branch';
  readonly start: number;
  readonly labels: readonly number[];
  /** True when control may also go on behind it. */
  readonly isConditional: boolean;
}

/** An operator that shapes the code, calls a function (`call`), or ends the function (`leave`), also by a trap. */
interface FlowOperator {
  readonly tag: 'block' | 'if' | 'arm' | 'end' | 'call' | 'leave';
  readonly start: number;
}

/** What is of interest in a body: bytes that change, and where code may be inserted before the offset `start`. */
export type Edit = Section | MovedGlobal | BulkOperator | Branch | FlowOperator;
