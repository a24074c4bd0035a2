/** Returns what to throw for a type whose values cannot be passed: streams, futures and error contexts. */
export function unsupportedType(name: string): TypeError {
  return new TypeError(`values of the type ${name} are not supported`);
}
