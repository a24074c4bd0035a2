import type { CopyType } from '@wit-ts/concurrency';
import { numericType } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { shapeOf } from '@wit-ts/model/layout';
import { isSameType } from './same-type.ts';

/** A type of streams or futures of a component. */
export interface KnownCopyType extends CopyType {
  /** The type of the elements; absent when there are none. */
  readonly payload: Type | undefined;
}

/** The types of streams and futures of a component. Types that are declared alike are one object. */
export class CopyTypes {
  readonly #distinct: { readonly type: Type; readonly known: KnownCopyType }[] = [];
  readonly #known = new Map<Type, KnownCopyType>();

  of(type: Type): KnownCopyType {
    let known = this.#known.get(type);
    if (known === undefined) {
      known = this.#distinct.find((other) => isSameType(type, other.type))?.known;
      if (known === undefined) this.#distinct.push({ type, known: (known = copyType(type)) });
      this.#known.set(type, known);
    }
    return known;
  }
}

function copyType(type: Type): KnownCopyType {
  const { tag, payload } = shapeOf(type) as { readonly tag: 'stream' | 'future'; readonly payload?: Type };
  return { tag, payload, isNoneOrNumber: payload === undefined || numericType(payload) !== undefined };
}

/** Returns what is known of a type of streams or futures of one instance. */
export function copyTypeOf(values: { types: CopyTypes | undefined }, type: Type): KnownCopyType {
  return (values.types ??= new CopyTypes()).of(type);
}
