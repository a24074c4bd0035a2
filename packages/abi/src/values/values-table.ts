import type { Type, TypeDef } from '@wit-ts/model';
import { type AddressType, unalias } from '@wit-ts/model/layout';
import type { TypeRef } from '../helpers/describe.ts';
import { TypeTableBuilder } from './type-table.ts';

/** Builds the description of types that may contain streams, futures and error contexts. */
export class ValuesTableBuilder extends TypeTableBuilder {
  readonly #waitables: readonly Type[];
  readonly #refs: TypeRef[] = [];

  /** @param waitables the types in the order in which they are bound */
  constructor(address: AddressType, resources: readonly TypeDef[], waitables: readonly Type[]) {
    super(address, resources);
    this.#waitables = waitables;
  }

  override ref(type: Type): TypeRef {
    const index = this.#waitables.indexOf(unalias(type));
    if (index < 0) return super.ref(type);
    return (this.#refs[index] ??= this.add(['waitable', index]));
  }
}
