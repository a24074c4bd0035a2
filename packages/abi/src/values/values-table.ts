import type { Type } from '@wit-ts/model';
import { unalias } from '@wit-ts/model/layout';
import type { TypeRef } from '../helpers/describe.ts';
import { type DescribedScope, TypeTableBuilder } from './type-table.ts';

/** Builds the description of types that may contain streams, futures and error contexts. */
export class ValuesTableBuilder extends TypeTableBuilder {
  readonly #waitables: readonly Type[];
  readonly #refs: TypeRef[] = [];

  /** @param scope `waitables` are the types in the order in which they are bound */
  constructor(scope: DescribedScope & { readonly waitables: readonly Type[] }) {
    super(scope);
    this.#waitables = scope.waitables;
  }

  override ref(type: Type): TypeRef {
    const index = this.#waitables.indexOf(unalias(type));
    if (index < 0) return super.ref(type);
    return (this.#refs[index] ??= this.add(['waitable', index]));
  }
}
