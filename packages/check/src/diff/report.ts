import type { VersionStep } from './versions.ts';

export type Bump = 'major' | 'minor' | 'patch';

/** Who has to change something: hosts run components, guests are components. */
export type Party = 'hosts' | 'guests';

export interface Change {
  /** `interface-added` and the like, or the code of the mismatch between old and new. */
  readonly code: string;
  /** From the outside in: `['interface types', 'record r', 'field q']`. */
  readonly path: readonly string[];
  /** What happened there. */
  readonly summary: string;
  /** What of the version must grow for it. `patch` for what is unstable, or only documentation. */
  readonly bump: Bump;
  /** Who, built for the old, does not fit the new: both for what changed, hosts for what they must offer in addition. */
  readonly breaks: readonly Party[];
  /** What stood there and what stands there, as WIT, where that is one line. */
  readonly old?: string;
  readonly new?: string;
  /** The feature that gates it; what is unstable may change with any version. */
  readonly feature?: string;
  /** What may be meant: something new of the same type, under another name. */
  readonly hint?: string;
}

/** Something that is no change, and yet not as it should be. */
export interface Remark {
  readonly code: 'since-missing' | 'since-wrong' | 'since-changed' | 'removed-undeprecated';
  readonly path: readonly string[];
  readonly message: string;
}

export interface DiffReport {
  readonly old: string;
  readonly new: string;
  /** The bump of the version that the changes need. `patch` where nothing changed but documentation. */
  readonly bump: Bump;
  readonly changes: readonly Change[];
  /** About gates: what is new wants `@since`, what goes wants `@deprecated` first. None where a package has no gates. */
  readonly remarks: readonly Remark[];
  /** The step that the version took; absent where one of the two has no version. */
  readonly version?: VersionStep;
}
