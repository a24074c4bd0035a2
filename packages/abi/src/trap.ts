import { plainLine } from '@wit-ts/model';

/**
 * Which limit of the host a trap is about. `out-of-fuel`: the fuel of the instance is used up. `over-limit`: a handle
 * or a value would exceed another of its limits.
 */
export type TrapCode = 'out-of-fuel' | 'over-limit';

interface TrapOptions extends ErrorOptions {
  readonly code?: TrapCode | undefined;
}

/**
 * A WebAssembly trap at the boundary of a component: an `unreachable`, a pointer out of bounds, an unknown handle, a
 * host function that threw. The instances that were running are unusable afterwards (`CanonicalABI.md`, "Component
 * Instances"). `cause` is the error of the WebAssembly engine or of the host, if there is one.
 */
export class Trap extends Error {
  override readonly name: string = 'Trap';
  /** Absent when no limit of the host is the reason. */
  declare readonly code?: TrapCode;

  constructor(message: string, options?: TrapOptions) {
    // Node prints the properties that an error has, also those without a value.
    super(plainLine(message), options?.cause === undefined ? undefined : options);
    if (options?.code !== undefined) this.code = options.code;
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
