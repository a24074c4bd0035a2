import { reasonOf, Trap } from '@wit-ts/abi';
import type { Component } from './compiled-component.ts';
import type { CoreRequest } from './instance/run-steps.ts';

/** Describes, for the host, what the WebAssembly engine threw while it made a core instance. */
export function notStarted({ linking }: Component, request: CoreRequest, error: unknown): unknown {
  const { instance } = request;
  // The engine throws a `TypeError` when a whole module of imports is missing.
  if (
    error instanceof WebAssembly.LinkError ||
    (error instanceof TypeError && instance.failure === undefined)
  ) {
    const cause = error;
    return (
      linking?.mismatchError(request, error) ??
      new Trap(
        `${instance.name} links its core modules with imports that they do not accept: ${error.message}`,
        {
          cause,
        },
      )
    );
  }
  // A host function that failed was ended by an `unreachable`; the reason was recorded.
  const reason = reasonOf(error);
  const what = textOf(reason);
  // Out of memory, or refused by the platform: not the component's fault.
  if (what === undefined) return error;
  const message = `${what} (starting a core module of ${instance.name})`;
  const trap = reason instanceof Trap ? reason : undefined;
  const cause = trap?.cause ?? reason;
  instance.failure =
    reason instanceof TypeError
      ? new TypeError(message, { cause })
      : new Trap(message, { cause, code: trap?.code });
  return instance.failure;
}

function textOf(error: unknown): string | undefined {
  if (error instanceof Trap || error instanceof TypeError) return error.message;
  if (error instanceof WebAssembly.RuntimeError || isExhaustion(error)) return `wasm trap: ${error.message}`;
  return isException(error) ? 'an exception left the component' : undefined;
}

/** Returns true when the stack overflowed: a `RangeError` in most engines. */
function isExhaustion(error: unknown): error is Error {
  return error instanceof Error && /call stack|recursion/iu.test(error.message);
}

/** Returns true for an exception of the guest, on platforms that support exceptions. */
function isException(error: unknown): boolean {
  const type: unknown = Reflect.get(WebAssembly, 'Exception');
  return typeof type === 'function' && error instanceof type;
}
