/**
 * Returns what to throw for streams, futures and error contexts where no task passes them, which does not happen in a
 * valid component.
 */
export function unsupportedType(): TypeError {
  return new TypeError('streams, futures and error contexts are passed by tasks only');
}
