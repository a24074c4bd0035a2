import type { IpAddress } from '../../system/sockets/socket-address.ts';
import { ipAddressOf } from '../../system/sockets/socket-address.ts';
import type { Wasi2Host } from '../host.ts';
import { Children } from '../io/children.ts';
import type { Pollable } from '../io/pollable.ts';
import { networkError, networkFailure, socketCall } from './network-errors.ts';
import { Operation } from './operation.ts';

const LOOKUP = 'wasi:sockets/ip-name-lookup@0.2.12';

/** `resolve-address-stream` of `wasi:sockets/ip-name-lookup`. */
export class ResolveAddressStream {
  readonly #host: Wasi2Host;
  readonly #lookUp: Operation<readonly string[]>;
  readonly #pollables = new Children('resolve-address-stream');
  #next = 0;

  constructor(host: Wasi2Host, lookUp: Promise<readonly string[]>) {
    this.#host = host;
    this.#lookUp = new Operation(lookUp);
  }

  resolveNextAddress(): IpAddress | undefined {
    try {
      const outcome = this.#lookUp.outcome();
      if (outcome === undefined) throw networkError('would-block');
      const text = outcome.value[this.#next];
      this.#next += 1;
      return text === undefined ? undefined : ipAddressOf(text);
    } catch (error) {
      throw networkFailure(this.#host, LOOKUP, '[method]resolve-address-stream.resolve-next-address', error);
    }
  }

  subscribe(): Pollable {
    return this.#host.io.pollable(this.#lookUp, this.#pollables);
  }

  [Symbol.dispose](): void {
    this.#pollables.assertNone();
  }
}

/** `resolve-addresses` of `wasi:sockets/ip-name-lookup`: fails at once if the name is none, or is not granted. */
export function resolveAddresses(host: Wasi2Host, name: string): ResolveAddressStream {
  const { sockets } = host.system;
  socketCall(host, LOOKUP, 'resolve-addresses', () => sockets.checkLookUp(name));
  return new ResolveAddressStream(host, sockets.lookUp(name));
}
