const HANDLER_2 = 'wasi:http/incoming-handler@0.2.';
const HANDLER_3 = 'wasi:http/handler@0.3.';

/** Returns the name of the interface with which a component handles requests; `undefined` if it exports none. */
export function handlerIn(exported: Iterable<string>): string | undefined {
  return [...exported].find((name) => name.startsWith(HANDLER_3) || name.startsWith(HANDLER_2));
}

/** Returns the version of WASI of a handler: 2 for 0.2, and 3 for 0.3. */
export function handlerVersion(handler: string): 2 | 3 {
  return handler.startsWith(HANDLER_3) ? 3 : 2;
}
