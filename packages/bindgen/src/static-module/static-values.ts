import { propertyLayout } from '../layout/declaration-layout.ts';
import {
  intersectionType,
  literalType,
  namedType,
  objectType,
  type TypeText,
} from '../layout/type-layout.ts';
import { propertyName } from '../names.ts';
import type { Printable } from '../printable.ts';
import { runtimeType } from '../runtime-module.ts';

/**
 * Components and core modules that a component imports or exports, by their keys in JavaScript, and the objects that
 * contain them. WIT cannot describe them, so the world does not have them.
 */
export type StaticValues = ReadonlyMap<string, StaticValue>;

type StaticValue =
  | {
      readonly tag: 'Component' | 'CoreModule';
      /** The name in WIT, if the key is another one. */
      readonly label?: string;
    }
  | { readonly tag: 'object'; readonly members: StaticValues };

/**
 * Who has the values: an imported instance may need more than its values, which an instance inside an instance may be,
 * too, and no declaration says what.
 */
type Direction = 'import' | 'export';

/** Returns the type of an object of the world, with the values in it. */
export function withValues(type: TypeText, value: StaticValue | undefined, direction: Direction): TypeText {
  return value?.tag === 'object'
    ? intersectionType(type, objectType(...valueMembers(value.members, direction)))
    : type;
}

/** Prints the members of an object for values that the world does not have. @param known the keys that it has */
export function valueMembers(
  values: StaticValues,
  direction: Direction,
  known: ReadonlySet<string> = new Set(),
): Printable[] {
  return [...values].flatMap(([key, value]) =>
    known.has(key) ? [] : [propertyLayout(`readonly ${propertyName(key)}`, typeOf(value, direction))],
  );
}

/** Prints the names in WIT of values that have another name in JavaScript. */
export function valueLabels(values: StaticValues): Printable[] {
  return [...values].flatMap(([key, value]) =>
    value.tag === 'object' || value.label === undefined
      ? []
      : [propertyLayout(propertyName(key), literalType(value.label))],
  );
}

function typeOf(value: StaticValue, direction: Direction): TypeText {
  if (value.tag !== 'object') return namedType(runtimeType(value.tag));
  const others = direction === 'import' ? ['readonly [name: string]: unknown'] : [];
  return objectType(...valueMembers(value.members, direction), ...others);
}
