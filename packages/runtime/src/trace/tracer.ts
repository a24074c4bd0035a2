import { isThenable } from '@wit-ts/abi';
import { copyOf, copyOfThrown, type EventTypes } from './event-values.ts';
import type { Crossing, Trace } from './trace-event.ts';

export type CrossingPlace = Pick<Crossing, 'boundary' | 'name' | 'instance'>;

/** Numbers the traced calls of one instance, and knows which of them are running. */
export class Tracer {
  readonly emit: Trace;
  #calls = 0;
  #running: Crossing | undefined = undefined;

  constructor(trace: Trace) {
    this.emit = trace;
  }

  /** The number of calls that are running. */
  get depth(): number {
    return this.#running === undefined ? 0 : this.#running.depth + 1;
  }

  /** The number of the innermost running call. */
  get running(): number | undefined {
    return this.#running?.call;
  }

  begin(place: CrossingPlace): Crossing {
    this.#calls += 1;
    return { ...place, call: this.#calls, depth: this.depth };
  }

  /** Makes a call the running one, and returns a function that makes its caller the running one again. */
  enter(crossing: Crossing): () => void {
    const caller = this.#running;
    this.#running = crossing;
    return () => {
      this.#running = caller;
    };
  }

  /**
   * Makes a call and reports it.
   *
   * @param args the arguments; the event has copies of them
   * @param isPromised whether a promise that the call returns stands for its result
   */
  run(
    place: CrossingPlace,
    types: EventTypes,
    args: readonly unknown[],
    call: () => unknown,
    isPromised = false,
  ): unknown {
    const crossing = this.begin(place);
    const copies = args.map((arg, index) => copyOf(types.params[index], arg, types.mapping));
    this.emit({ tag: 'call', ...crossing, args: copies });
    const leave = this.enter(crossing);
    let value: unknown;
    try {
      value = call();
    } catch (error) {
      leave();
      return this.#threw(crossing, types, error);
    }
    leave();
    if (!isPromised || !isThenable(value)) return this.#returned(crossing, types, value);
    return Promise.resolve(value).then(
      (settled) => this.#returned(crossing, types, settled),
      (error: unknown) => this.#threw(crossing, types, error),
    );
  }

  #returned(crossing: Crossing, types: EventTypes, value: unknown): unknown {
    this.emit({ tag: 'return', ...crossing, value: copyOf(types.result, value, types.mapping) });
    return value;
  }

  /** @throws the error of the call */
  #threw(crossing: Crossing, types: EventTypes, error: unknown): never {
    this.emit({ tag: 'throw', ...crossing, error: copyOfThrown(types.error, error, types.mapping) });
    throw error;
  }
}
