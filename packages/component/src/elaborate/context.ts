import type { DefinedNode } from './nodes.ts';
import { Mismatch } from './mismatch.ts';

/** Type nesting that anything after this can recurse over. */
export const MAX_TYPE_DEPTH = 100;

/** Instantiations inside instantiations; each costs several frames of the stack. */
const MAX_INSTANTIATION_DEPTH = 100;

/** Evaluated definitions, over all instantiations: a kilobyte of nested components can ask for 2^40. */
const MAX_STEPS = 250_000;

/** Codes of what can be wrong with a component's types and indices. */
export type Report = (code: string, message: string, offset: number) => void;

/** Thrown where going on would take too long or too deep; carried to the doors, which turn it into their own error. */
export class TooComplex extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** What an evaluation shares: where faults go, and its bounds. */
export class Context {
  readonly #report: Report;
  #silent = false;
  #steps = 0;
  #depth = 0;
  #resources = 0;
  readonly #shapeNumbers = new Map<string, number>();
  readonly shapes = new WeakMap<DefinedNode, number>();

  readonly #checking: boolean;

  /**
   * @param checking whether types are compared where they must agree, and what is evaluated again is quiet because it
   *   has been reported. Without it the component is taken to be valid, and `report` hears the first fault that shows.
   */
  constructor(report: Report, checking: boolean) {
    this.#report = report;
    this.#checking = checking;
  }

  report(code: string, message: string, offset: number): void {
    if (!this.#silent) this.#report(code, message, offset);
  }

  nextResourceId(): number {
    this.#resources += 1;
    return this.#resources;
  }

  /** A number for a description of a structure: equal descriptions get equal numbers. */
  shape(description: string): number {
    let number = this.#shapeNumbers.get(description);
    if (number === undefined) {
      number = this.#shapeNumbers.size;
      this.#shapeNumbers.set(description, number);
    }
    return number;
  }

  /** Reports differences under a code; `undefined` where nobody would hear of them, so that they need not be sought. */
  mismatches(code: string, offset: number): Mismatch | undefined {
    if (this.#silent || !this.#checking) return undefined;
    return new Mismatch((message) => this.#report(code, message, offset));
  }

  step(offset: number): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) {
      throw new TooComplex(
        'the component instantiates so many components and types that it cannot be checked',
        offset,
      );
    }
  }

  /** Runs one instantiation. */
  nested<T>(offset: number, run: () => T): T {
    if (this.#depth >= MAX_INSTANTIATION_DEPTH) {
      throw new TooComplex(`instances nest deeper than ${MAX_INSTANTIATION_DEPTH}`, offset);
    }
    this.#depth += 1;
    try {
      return run();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Runs what has been checked before: its faults are not reported again. */
  quietly<T>(run: () => T): T {
    const before = this.#silent;
    this.#silent = this.#checking;
    try {
      return run();
    } finally {
      this.#silent = before;
    }
  }
}
