import type { Label, Labelled, PathStep, UnexpressedSort } from './mismatch-path.ts';
import type { Direction, Func, Type, TypeDef, TypeDefKind, WorldItem } from './types.ts';

/**
 * One reason why a component does not satisfy a world, as data. `docs/codes-check.md` explains each code. `expected` is
 * what the world says at the end of the path and `found` what the component says there; `mismatchTexts` prints both.
 */
export type Mismatch = MismatchFacts & {
  readonly side: Direction;
  /** From the outside in: the import or export, then functions, parameters, types, fields. */
  readonly path: readonly PathStep[];
};

/** The facts of a mismatch, without the path. The code decides which other properties exist. */
export type MismatchFacts =
  | {
      readonly code: 'import-not-offered' | 'export-missing';
      /** The item that the other side lacks. */
      readonly missing: WorldItem | UnexpressedItem;
      /** Keys of the other side without a partner, for suggestions. Mismatches share the list. */
      readonly candidates: readonly string[];
    }
  | { readonly code: 'item-kind'; readonly expected: WorldItem; readonly found: WorldItem }
  | {
      readonly code: 'function-missing';
      readonly missing: Func;
      /** Functions of the other side's interface without a partner. Mismatches share the list. */
      readonly candidates: readonly Func[];
    }
  | {
      readonly code: 'type-missing';
      readonly missing: TypeDef;
      /** Types of the other side's interface without a partner. Mismatches share the list. */
      readonly candidates: readonly TypeDef[];
    }
  | {
      readonly code: 'function-async' | 'result-missing' | 'result-extra';
      readonly expected: Func;
      readonly found: Func;
    }
  | {
      readonly code: `${Label}-missing`;
      readonly label: Label;
      readonly expected: Labelled;
      /** Names of the component without a partner. Mismatches share the list. */
      readonly candidates: readonly string[];
    }
  | { readonly code: `${Label}-extra`; readonly label: Label; readonly found: Labelled }
  | {
      readonly code: `${Label}-renamed`;
      readonly label: Label;
      readonly expected: Labelled;
      readonly found: Labelled;
    }
  | {
      readonly code: `${Label}-order`;
      readonly label: Label;
      /** The names that both sides have, in the order of each. */
      readonly expected: readonly string[];
      readonly found: readonly string[];
    }
  | { readonly code: 'type-different'; readonly expected: Type; readonly found: Type }
  | { readonly code: 'payload-missing'; readonly expected: Type }
  | { readonly code: 'payload-extra'; readonly found: Type }
  | { readonly code: 'list-length'; readonly expected: number; readonly found: number }
  | { readonly code: 'tuple-size'; readonly expected: readonly Type[]; readonly found: readonly Type[] }
  | { readonly code: 'handle-kind'; readonly expected: HandleKind; readonly found: HandleKind }
  | { readonly code: 'resource-different'; readonly expected: ResourceOrigin; readonly found: ResourceOrigin }
  | { readonly code: 'type-too-deep' };

export type MismatchCode = MismatchFacts['code'];

/** An `own` or a `borrow`. */
export type HandleKind = Extract<TypeDefKind, { tag: 'own' | 'borrow' }>;

/** Where a resource comes from. The origin is a resource's identity. */
export interface ResourceOrigin {
  readonly side: Direction;
  /** The key of the interface that has it; absent for a resource of the world itself. */
  readonly key?: string;
  /** Absent for a resource without a name. */
  readonly name?: string;
}

/** An import or export that WIT cannot express, so that the component's world leaves it out. */
export interface Unexpressed {
  readonly side: Direction;
  /** The name of the import or export. For a member of an instance, the member's name follows. */
  readonly path: readonly string[];
  readonly sort: UnexpressedSort;
}

/** An import that WIT cannot express, so that no world offers it. */
export interface UnexpressedItem {
  readonly tag: 'unexpressed';
  readonly sort: UnexpressedSort;
}
