import type { Diagnostic } from '@wit-ts/diagnostics';
import type { Mismatch, Side } from '@wit-ts/model';

/** What `check` found out. */
export interface Report {
  /** The full name of the world that was asked for. */
  readonly world: string;
  readonly satisfied: boolean;
  /** Every reason why not; empty where the world is satisfied. */
  readonly reasons: readonly Reason[];
  /** Imports of the world that the component does without. No fault: a world offers, it does not oblige. */
  readonly unusedImports: readonly string[];
  /** Exports of the component that the world does not ask for. No fault either. */
  readonly extraExports: readonly string[];
}

/** A mismatch in words. `message` says all in a line; `summary` leaves out the place, which is in `path`. */
export interface Reason extends Diagnostic {
  readonly code: Mismatch['code'];
  readonly side: Side;
  /** From the outside in: `['export x:y/z', 'record r', 'field q']`. */
  readonly path: readonly string[];
  readonly summary: string;
  /** What the world says there, as WIT. */
  readonly expected?: string;
  /** What the component says there, as WIT. */
  readonly found?: string;
  /** The feature that would give the world what it lacks, or that makes it ask for what the component lacks. */
  readonly feature?: string;
  /** Where a type differs: the functions that use it, under their names in the component. At most 20. */
  readonly affects?: readonly string[];
}
