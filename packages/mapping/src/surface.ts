import type { Func } from '@wit-ts/model';
import type { CallStyle } from './function-names.ts';
import type { Keys } from './object-names.ts';

/**
 * The surface of a component: what it imports and exports, under the names and in the form that JavaScript sees.
 * Generated declarations print it, and the runtime makes its exports by it, so the two cannot disagree.
 */

/** The type of a function: what a `Func` of a world and a function of a plan have in common. */
export type FunctionType = Pick<Func, 'params' | 'result' | 'async'>;

/** The items of an object by their WIT names: a map, or pairs. */
export type Items<Item> = Iterable<readonly [name: string, item: Item]>;

/** What is imported or exported under one WIT name, as a world or a plan has it. */
export type SurfaceItem<Item> =
  | { readonly tag: 'func'; readonly type: FunctionType }
  | { readonly tag: 'instance'; readonly exports: Items<Item> }
  | { readonly tag: 'resource' | 'module' | 'component' }
  /** A type that has no value at run time. */
  | { readonly tag: 'none' };

/** Narrows an item to those with a tag. */
export function isItem<Item extends { readonly tag: string }, const Tag extends string>(
  item: Item,
  tag: Tag,
): item is Item & { readonly tag: Tag } {
  return item.tag === tag;
}

/** A property of the object that the host gives for imports or receives for exports. */
export type Member<Item> = FunctionMember<Item> | ClassMember<Item> | ObjectMember<Item> | ValueMember<Item>;

interface Named {
  /** The WIT name, annotated for a function of a resource: `[method]file.read`. */
  readonly name: string;
  /**
   * The properties that the item has. An export has each of them. An import is looked up under each in turn; the
   * first is the one that declarations show.
   */
  readonly keys: Keys;
}

/** A function: a property of its object, of its class (static), or of its class's prototype (method). */
export interface FunctionMember<Item> extends Named {
  readonly tag: 'function';
  readonly style: CallStyle;
  readonly item: Item & { readonly tag: 'func' };
}

/** The class of a resource. */
export interface ClassMember<Item> extends Named {
  readonly tag: 'class';
  /** Absent if only functions of the resource are there. */
  readonly item: (Item & { readonly tag: 'resource' }) | undefined;
  /** Its constructor, methods and static functions. A constructor has the keys of the class. */
  readonly functions: readonly FunctionMember<Item>[];
}

/** The object of an interface. */
export interface ObjectMember<Item> extends Named {
  readonly tag: 'object';
  readonly item: Item & { readonly tag: 'instance' };
  readonly members: readonly Member<Item>[];
  /**
   * Only for imports: the compatibility track of the versions that are looked up before the second of the keys; see
   * `InterfaceKeys`.
   */
  readonly track?: string;
}

/** A core module or a component. */
export interface ValueMember<Item> extends Named {
  readonly tag: 'value';
  readonly item: Item & { readonly tag: 'module' | 'component' };
}
