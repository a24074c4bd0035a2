/** Thrown when the host's arguments of a call do not fit the types of the parameters: no core code has run. */
export class RefusedArguments {
  /** A `TypeError`, or what a value of the host threw while it was read. */
  readonly reason: Error;

  constructor(reason: Error) {
    this.reason = reason;
  }
}
