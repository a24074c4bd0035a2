/** The properties of `T`, of which those that may be `undefined` may be missing instead. */
type Given<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * Returns the object, whose properties that are `undefined` count as missing. They are own properties, so what a
 * program adds to `Object.prototype` is not read in their place. Decoders and planners use it for the many objects that
 * they make, because V8 reads the properties of an object without a prototype from a hash table.
 */
export function ownProperties<const T extends object>(object: T): Given<T> {
  return object as Given<T>;
}

/**
 * Returns a copy of an object that inherits nothing, without the properties that are `undefined`. What a program adds
 * to `Object.prototype` is then no property of it: a missing option stays missing.
 */
export function withoutPrototype<const T extends object>(object: T): Given<T> {
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(object)) if (value !== undefined) copy[key] = value;
  return copy as Given<T>;
}
