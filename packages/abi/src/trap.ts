import { plainLine } from '@wit-ts/model';

/**
 * A WebAssembly trap at the boundary of a component: an `unreachable`, a pointer out of bounds, an unknown handle, a
 * host function that threw. The instances that were running are unusable afterwards (`CanonicalABI.md`, "Component
 * Instances"). `cause` is the error of the WebAssembly engine or of the host, if there is one.
 */
export class Trap extends Error {
  override readonly name: string = 'Trap';

  constructor(message: string, options?: ErrorOptions) {
    super(plainLine(message), options);
  }
}

/**
 * The `err` of a `result<T, E>`. A function that a component exports throws it, and a host function throws it to
 * return an `err`. `payload` is the value of `E`; it is `undefined` if the result has none.
 */
export class ComponentError<E = unknown> extends Error {
  override readonly name: string = 'ComponentError';
  readonly payload: E;

  constructor(payload: E, message: string = describePayload(payload)) {
    super(message);
    this.payload = payload;
  }

  /**
   * The case of a payload that is a variant, and its value in `val`. Hosts written for jco look for them in what the
   * promise of an asynchronous export or of a future is rejected with, which is the payload itself there.
   */
  get tag(): unknown {
    return Object(this.payload).tag;
  }

  get val(): unknown {
    return Object(this.payload).val;
  }
}

function describePayload(payload: unknown): string {
  if (typeof payload === 'string') return payload;
  let text: string | undefined;
  try {
    text = JSON.stringify(payload, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  } catch {
    // A payload of the host may contain itself, or throw when it is read.
  }
  return text ?? 'the component returned an error';
}
