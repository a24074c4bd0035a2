import type { WasiCall } from '../calls/wasi-call.ts';
import type { HostThread } from './serve-host.ts';

/** How many calls may be on their way. A program makes them faster than most hosts take them. */
const MOST_ON_THEIR_WAY = 256;

/** In the thread of the host: gives the calls of a worker to a listener, and counts them. */
export class ReceivedCalls {
  readonly memory = new SharedArrayBuffer(4);
  readonly #count = new Int32Array(this.memory);
  readonly #onCall: (call: WasiCall) => void;

  constructor(onCall: (call: WasiCall) => void) {
    this.#onCall = onCall;
  }

  /** @param failed receives what the listener throws */
  receive(call: WasiCall, failed: (error: unknown) => void): void {
    try {
      this.#onCall(call);
    } catch (error) {
      failed(error);
    } finally {
      Atomics.add(this.#count, 0, 1);
      Atomics.notify(this.#count, 0);
    }
  }
}

/** In the worker: returns what reports calls to the host, and waits when the host is far behind. */
export function reportedTo(
  host: Pick<HostThread<never, { readonly tag: 'called'; readonly call: WasiCall }>, 'post'>,
  memory: SharedArrayBuffer,
): (call: WasiCall) => void {
  const received = new Int32Array(memory);
  let posted = 0;
  return (call) => {
    for (;;) {
      const count = Atomics.load(received, 0);
      // Both counts may pass 2^31.
      if (((posted - count) | 0) < MOST_ON_THEIR_WAY) break;
      Atomics.wait(received, 0, count);
    }
    host.post({ tag: 'called', call });
    posted = (posted + 1) | 0;
  };
}
