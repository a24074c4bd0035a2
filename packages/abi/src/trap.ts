/**
 * A WebAssembly trap at the border of a component: an `unreachable`, a pointer out of bounds, a handle that is not there, a
 * host function that threw. The instances that were running are unusable afterwards (`CanonicalABI.md`, "Component
 * Instances"). `cause` is the error that the engine or the host raised, where there was one.
 */
export class Trap extends Error {
  override readonly name: string = 'Trap';
}

/**
 * Thrown by a function whose result is `result<T, E>`, where a component gives the `err`; thrown by a host function to give
 * one. `payload` is the value of `E`, `undefined` where the result has none.
 */
export class ComponentError<E = unknown> extends Error {
  override readonly name: string = 'ComponentError';
  readonly payload: E;

  constructor(payload: E, message: string = describePayload(payload)) {
    super(message);
    this.payload = payload;
  }
}

function describePayload(payload: unknown): string {
  if (typeof payload === 'string') return payload;
  if (payload === undefined) return 'the component returned an error';
  try {
    return (
      JSON.stringify(payload, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ??
      ''
    );
  } catch {
    return 'the component returned an error';
  }
}
