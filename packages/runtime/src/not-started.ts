import { reasonOf, Trap } from '@wit-ts/abi';
import type { Component } from './component.ts';
import type { CoreRequest } from './instance/run-steps.ts';

/** What the engine threw while it made a core instance, in the words of a component's host. */
export function notStarted({ linking }: Component, request: CoreRequest, error: unknown): unknown {
  const { instance } = request;
  // A `TypeError` of the engine's own says that a whole module of imports is missing.
  if (
    error instanceof WebAssembly.LinkError ||
    (error instanceof TypeError && instance.failure === undefined)
  ) {
    const cause = error;
    return (
      linking?.misfit(request, error) ??
      new Trap(`${instance.name} wires its core modules in a way they do not fit: ${error.message}`, {
        cause,
      })
    );
  }
  // A host function that failed was ended by an `unreachable`, and the reason noted.
  const reason = reasonOf(error);
  const what = textOf(reason);
  // No memory is left, or the platform refuses: that is not the component's doing.
  if (what === undefined) return error;
  const message = `${what} (starting a core module of ${instance.name})`;
  const cause = reason instanceof Trap && reason.cause !== undefined ? reason.cause : reason;
  instance.failure =
    reason instanceof TypeError ? new TypeError(message, { cause }) : new Trap(message, { cause });
  return instance.failure;
}

function textOf(error: unknown): string | undefined {
  if (error instanceof Trap || error instanceof TypeError) return error.message;
  if (error instanceof WebAssembly.RuntimeError || isExhaustion(error)) return `wasm trap: ${error.message}`;
  return isException(error) ? 'an exception left the component' : undefined;
}

/** The stack is exhausted: a `RangeError` in most engines. */
function isExhaustion(error: unknown): error is Error {
  return error instanceof Error && /call stack|recursion/iu.test(error.message);
}

/** An exception of the guest, on platforms that know them. */
function isException(error: unknown): boolean {
  const type: unknown = Reflect.get(WebAssembly, 'Exception');
  return typeof type === 'function' && error instanceof type;
}
