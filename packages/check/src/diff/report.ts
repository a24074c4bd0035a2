import type { MismatchCode, PathSegment } from '@wit-ts/model';
import type { VersionStep } from './version-step.ts';

/** The part of a version that has to be increased. */
export type Bump = 'major' | 'minor' | 'patch';

/** Who has to change something: hosts run components, guests are components. */
export type Party = 'hosts' | 'guests';

/** `docs/codes-diff.md` explains each code. */
export type ChangeCode =
  | `${'interface' | 'world' | 'function' | 'type' | 'import' | 'export'}-${'added' | 'removed'}`
  | 'package-renamed'
  | 'import-version'
  | 'export-version'
  | 'stabilized'
  | 'gated'
  | 'feature-changed'
  | 'deprecated'
  | 'undeprecated'
  | 'docs-changed'
  /** The old and the new differ: the code of the mismatch between them. */
  | MismatchCode;

/** A difference between two contracts. */
export interface Change {
  readonly code: ChangeCode;
  /** From the outside in: the interface or world, then functions, types, fields. */
  readonly path: readonly PathSegment[];
  /** A clause that says what changed. */
  readonly summary: string;
  /**
   * The part of the version that must be increased for the change. It is `patch` for unstable parts and for
   * documentation.
   */
  readonly bump: Bump;
  /**
   * The parties that were built for the old contract and do not fit the new one. An addition breaks hosts that must
   * offer it.
   */
  readonly breaks: readonly Party[];
  /** The old text, as WIT; absent if it does not fit into one line. */
  readonly old?: string;
  /** The new text, as WIT; absent if it does not fit into one line. */
  readonly new?: string;
  /** The feature that gates it. Unstable parts may change with any version. */
  readonly feature?: string;
  /** A possible explanation: something new has the same type under another name. */
  readonly hint?: string;
}

/** Advice about gates; not a change of the contract. */
export interface Remark {
  readonly code: 'since-missing' | 'since-wrong' | 'since-changed' | 'removed-undeprecated';
  readonly path: readonly PathSegment[];
  readonly message: string;
}

/** The result of `diff`. */
export interface DiffReport {
  readonly old: string;
  readonly new: string;
  /** The bump of the version that the changes need; `patch` if nothing but documentation changed. */
  readonly bump: Bump;
  readonly changes: readonly Change[];
  /** New parts without `@since`, removed parts without `@deprecated`. Empty for packages that use no gates. */
  readonly remarks: readonly Remark[];
  /** The step that the version took; absent if one of the two has no version. */
  readonly version?: VersionStep;
}
