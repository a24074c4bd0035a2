import type { Diagnostic } from '@wit-ts/diagnostics';
import type { MismatchCode, PathSegment, Direction } from '@wit-ts/model';

/** The result of `check`. */
export interface Report {
  /** The full name of the world that was checked against. */
  readonly world: string;
  readonly satisfied: boolean;
  /** Every reason why the world is not satisfied; empty if it is. */
  readonly reasons: readonly Reason[];
  /**
   * Imports of the world that the component does not use. Not an error: a world offers imports, it does not force them.
   */
  readonly unusedImports: readonly string[];
  /** Exports of the component that the world does not require. Not an error either. */
  readonly extraExports: readonly string[];
}

/** A mismatch in words. `message` says everything in one line; `summary` leaves out the path. */
export interface Reason extends Diagnostic {
  readonly code: MismatchCode;
  readonly side: Direction;
  /** From the outside in: the import or export, then functions, parameters, types, fields. */
  readonly path: readonly PathSegment[];
  readonly summary: string;
  /** What the world says there, as WIT. */
  readonly expected?: string;
  /** What the component says there, as WIT. */
  readonly found?: string;
  /**
   * The feature that would add the item that the world lacks, or because of which the world requires an item that the
   * component lacks.
   */
  readonly feature?: string;
  /** When a type differs: the functions that use it, under their names in the component. At most 20. */
  readonly affects?: readonly string[];
}
