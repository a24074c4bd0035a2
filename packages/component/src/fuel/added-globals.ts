import { type Bytes, concatenate, coreName, EXTERN } from '../core/module-writer.ts';
import { FUEL_MODULE } from '../core/reserved-names.ts';

/**
 * What a metered module imports from `FUEL_MODULE`, in this order, behind its own imports:
 *
 * - `left` is a mutable global of type `i64`: how much may still be charged.
 * - `emptied` is a mutable global of type `externref`. It receives `fuel` when a charge is not covered, just before the
 *   guest traps.
 * - `fuel` is a global of type `externref`: whatever the host chooses, to know whose fuel is empty.
 */
const IMPORTS: readonly { readonly name: string; readonly type: Bytes }[] = [
  { name: 'left', type: [0x7e, 1] },
  { name: 'emptied', type: [0x6f, 1] },
  { name: 'fuel', type: [0x6f, 0] },
];

/** How many globals are added. The indices of the module's own globals grow by this number. */
export const GLOBAL_COUNT = IMPORTS.length;

/** The indices of the added globals. */
export interface AddedGlobals {
  readonly counter: number;
  readonly emptied: number;
  readonly fuel: number;
}

/** Returns the indices of the added globals: they follow those that the module imports. */
export function addedGlobals(importedGlobals: number): AddedGlobals {
  return { counter: importedGlobals, emptied: importedGlobals + 1, fuel: importedGlobals + 2 };
}

/** Returns the items of the import section that are added. */
export function addedImports(): Bytes[] {
  return IMPORTS.map(({ name, type }) =>
    concatenate([coreName(FUEL_MODULE), coreName(name), [EXTERN.global], type]),
  );
}
