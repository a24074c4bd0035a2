import { isTaggedOption } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import type { Shape } from '@wit-ts/model/layout';

/** A variant, enum, option or result: its cases, and their values in JavaScript. */
export interface Variant {
  readonly types: readonly (Type | undefined)[];
  /** Makes the value of a case. */
  readonly make: (index: number, payload: unknown) => unknown;
  /** Returns the case of a value, which fits the type, and its payload. */
  readonly match: (value: unknown) => readonly [index: number, payload: unknown];
}

const SIDES = ['ok', 'err'] as const;

/** Returns the variant that a shape despecializes to, if it is one. */
export function variantOf(type: Type, shape: Shape): Variant | undefined {
  if (typeof shape === 'string') return undefined;
  switch (shape.tag) {
    case 'variant':
      return tagged(
        shape.cases.map((item) => item.name),
        shape.cases.map((item) => item.type),
      );
    case 'result':
      // As in jco, a side without a payload has a `val`, too.
      return {
        ...tagged(['ok', 'err'], [shape.ok, shape.err]),
        make: (index, val) => ({ tag: SIDES[index], val }),
      };
    case 'option':
      if (isTaggedOption(type)) return tagged(['none', 'some'], [undefined, shape.type]);
      return {
        types: [undefined, shape.type],
        make: (_, payload) => payload,
        match: (value) => (value === undefined || value === null ? [0, undefined] : [1, value]),
      };
    case 'enum': {
      const names = shape.cases.map((item) => item.name);
      return {
        types: names.map(() => undefined),
        make: (index) => names[index],
        match: (value) => [names.indexOf(value as string), undefined],
      };
    }
    default:
      return undefined;
  }
}

function tagged(names: readonly string[], types: readonly (Type | undefined)[]): Variant {
  return {
    types,
    make: (index, payload) =>
      types[index] === undefined ? { tag: names[index] } : { tag: names[index], val: payload },
    match: (value) => {
      const { tag, val } = value as { readonly tag: string; readonly val?: unknown };
      return [names.indexOf(tag), val];
    },
  };
}
