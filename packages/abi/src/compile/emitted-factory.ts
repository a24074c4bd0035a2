import type { TypeDef } from '@wit-ts/model';
import type { TypeTable } from '../helpers/describe.ts';
import type { HelperName } from './factory-source.ts';

/**
 * The source of a factory: an expression whose value takes a binding and returns the function. It refers to the
 * helpers, and to `types`, a function that returns the type table; `dataText` prints it.
 */
export interface EmittedFactory {
  /** The names of the helpers that must be in scope; `@wit-ts/abi/helpers` exports them. */
  readonly helpers: readonly HelperName[];
  readonly source: string;
  readonly types: () => TypeTable;
  /** The resource types in the order of `binding.resources`. */
  readonly resources: readonly TypeDef[];
}
