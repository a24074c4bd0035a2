/** Why a component does not satisfy a world: one reason, as data. */
export interface Mismatch {
  /** Stable; `docs/codes-check.md` explains each. */
  readonly code: MismatchCode;
  readonly side: Side;
  /** From the outside in: `['export x:y/z', 'func f', 'param p', 'record r', 'field q']`. */
  readonly path: readonly string[];
  /** What the world says there, as WIT or a name; absent where it says nothing. */
  readonly expected?: string;
  /** What the component says there; absent where it says nothing. */
  readonly found?: string;
  /** Where a name is missing: the names that stand in its place, for "did you mean". Shared between mismatches. */
  readonly candidates?: readonly string[];
}

/** Whether the component asks for something (`import`) or should give it (`export`). */
export type Side = 'import' | 'export';

/** What has a name within a function or a type. */
export type Label = 'param' | 'field' | 'case' | 'flag';

export type MismatchCode =
  | 'import-not-offered'
  | 'export-missing'
  | 'item-kind'
  | 'function-missing'
  | 'type-missing'
  | 'function-async'
  | 'result-missing'
  | 'result-extra'
  | `${Label}-missing`
  | `${Label}-extra`
  | `${Label}-renamed`
  | `${Label}-order`
  | 'type-different'
  | 'payload-missing'
  | 'payload-extra'
  | 'list-length'
  | 'tuple-size'
  | 'handle-kind'
  | 'resource-different'
  | 'type-too-deep';
