/**
 * Ends a program with an exit code. A host function throws it, the runtime turns it into a trap that no guest can
 * catch, and whoever started the program finds it again with `exitOf`.
 */
export class Exit extends Error {
  override readonly name = 'Exit';
  readonly code: number;

  constructor(code: number) {
    super(`the program ended with exit code ${code}`);
    this.code = code;
  }
}

/** The exit in an error, or in the causes of an error; undefined when a program failed in another way. */
export function exitOf(error: unknown): Exit | undefined {
  // A chain of causes could have a circle.
  for (let depth = 0; depth < 16 && error instanceof Error; depth++, error = error.cause)
    if (error instanceof Exit) return error;
  return undefined;
}
