import type { TypeDef } from '@wit-ts/model';
import type { HelperName } from './unit.ts';

/** Source of a factory: an expression whose value takes a binding and gives the function. */
export interface Emitted {
  /** The helpers that must be in scope, by name; `@wit-ts/abi/helpers` exports them. */
  readonly helpers: readonly HelperName[];
  readonly source: string;
  /** The resource types in the order of `binding.resources`. */
  readonly resources: readonly TypeDef[];
}
