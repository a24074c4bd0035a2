/** Returns the name of the platform's class of a value, which is the same in all realms; `Object` for most objects. */
export function platformClassOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Returns true for an error, possibly of another realm. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || /^(Error|DOMException)$/u.test(platformClassOf(value));
}

export function isThenable(value: unknown): boolean {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  return 'then' in value && typeof value.then === 'function';
}

/** Returns true for everything that can have properties of its own: objects and functions. */
export function isObject(value: unknown): value is object {
  return Object(value) === value;
}
