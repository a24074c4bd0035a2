/** What a host function returned, and what aborts the signal that it asked for. */
export interface Started {
  readonly returned: unknown;
  readonly signal: AbortController | undefined;
}

/** How many host functions are being called, one inside the other. */
let depth = 0;
/** Aborts the signal of the innermost one, if it has asked for it. */
let controller: AbortController | undefined;

/** Calls a host function, in which `callSignal` returns the signal of the call. */
export function startWithSignal(
  func: (...args: readonly unknown[]) => unknown,
  args: readonly unknown[],
): Started {
  const outer = controller;
  controller = undefined;
  depth += 1;
  try {
    const returned = func(...args);
    return { returned, signal: controller };
  } finally {
    depth -= 1;
    controller = outer;
  }
}

/**
 * Returns the signal that is aborted when the component cancels the call of the host function that is being called.
 * Call it before the first `await` of that function.
 *
 * @throws Error when no asynchronous function of the host is being called
 */
export function callSignal(): AbortSignal {
  if (depth === 0)
    throw new Error('callSignal: call it inside an asynchronous host function, before its first `await`');
  controller ??= new AbortController();
  return controller.signal;
}
