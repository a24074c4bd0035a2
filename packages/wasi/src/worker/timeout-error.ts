/** A program that ran longer than it may. Its thread was terminated. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`the program ran longer than ${milliseconds} ms, and was ended`);
    this.milliseconds = milliseconds;
  }
}
