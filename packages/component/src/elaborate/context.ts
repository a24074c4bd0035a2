import { nearest } from '@wit-ts/diagnostics';
import type { DefinedNode } from './nodes.ts';
import { Mismatch } from './mismatch.ts';

/** Type nesting that anything after this can recurse over. */
export const MAX_TYPE_DEPTH = 100;

/** Instantiations inside instantiations; each costs several frames of the stack. */
const MAX_INSTANTIATION_DEPTH = 100;

/**
 * Work, over all instantiations: definitions that are evaluated and parts of types that are looked at. A kilobyte of nested
 * components can ask for 2^40, and a type of a thousand parts may be mentioned a thousand times. Real components need
 * some thousands.
 */
const MAX_STEPS = 1_000_000;

/** Names that are looked through for one that may be meant, and how often: comparing names is slow, and nobody reads more. */
const MAX_CANDIDATES = 300;
const MAX_SUGGESTIONS = 100;

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
  #offset = 0;
  #depth = 0;
  #resources = 0;
  #suggestions = 0;
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

  /** The name that is meant, perhaps, by one that is not there; none where nobody would hear of it. */
  suggestion(name: string, candidates: Iterable<string>): string | undefined {
    if (this.#silent || this.#suggestions >= MAX_SUGGESTIONS) return undefined;
    this.#suggestions += 1;
    const some: string[] = [];
    for (const candidate of candidates) {
      if (some.push(candidate) >= MAX_CANDIDATES) break;
    }
    return nearest(name, some);
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

  /** Counts a definition, of so many parts. */
  step(offset: number, parts: number): void {
    this.#offset = offset;
    this.spend(1 + parts);
  }

  /** Counts work on the definition that is being looked at. */
  spend(work: number): void {
    this.#steps += work;
    if (this.#steps > MAX_STEPS) {
      throw new TooComplex(
        'the component instantiates so many components and types that it cannot be checked',
        this.#offset,
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
