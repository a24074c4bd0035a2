import type { FlatSpec, LiftFlat, WaitableCodec } from '@wit-ts/abi';
import type { CallObserver, ObservedCall } from '@wit-ts/concurrency';
import type { TaskInstanceCode } from '../instance-code.ts';
import type { InstanceState } from '../instance/instance-state.ts';
import type { ComponentCall, LiftedFunction, TaskLower } from '../wiring/wiring.ts';
import { copyOfThrown } from './event-values.ts';
import { observed } from './inside-values.ts';
import type { Crossing } from './trace-event.ts';
import type { CrossingPlace, Tracer } from './tracer.ts';
import { resourceTypesOf } from '../tasks/resource-types-of.ts';

type Flat = Parameters<CallObserver['called']>[0];

/** Reports the calls of one function of another component that may have to wait. */
export class InsideTasks implements CallObserver {
  readonly #tracer: Tracer;
  readonly #place: CrossingPlace;
  readonly #values: CallerValues;

  constructor(tracer: Tracer, call: ComponentCall, state: InstanceState) {
    const { name, instance } = state.wiring.functions[call.callee] as LiftedFunction;
    this.#tracer = tracer;
    this.#place = { boundary: 'inside', name, instance: state.instance(instance).name };
    this.#values = new CallerValues(state, call);
  }

  called(flat: Flat): ObservedCall {
    const crossing = this.#tracer.begin(this.#place);
    this.#tracer.emit({ tag: 'call', ...crossing, args: this.#values.args(flat) });
    const leave = this.#tracer.enter(crossing);
    return {
      paused: leave,
      returned: (results) => {
        this.#tracer.emit({ tag: 'return', ...crossing, value: this.#values.result(flat, results) });
      },
      cancelled: () => this.#threw(crossing, new Error('the caller cancelled the call')),
      failed: (error) => {
        leave();
        this.#threw(crossing, error);
      },
    };
  }

  #threw(crossing: Crossing, error: Error): void {
    this.#tracer.emit({ tag: 'throw', ...crossing, error: copyOfThrown(undefined, error) });
  }
}

/**
 * Reads the values of a call out of the caller's memory, as the caller passes and receives them. Reading changes
 * nothing. Streams, futures and error contexts are the caller's indices.
 */
class CallerValues {
  readonly #state: InstanceState;
  readonly #call: ComponentCall;
  readonly #task: TaskLower<NonNullable<ComponentCall['task']>['args']>;
  #args: LiftFlat | undefined;
  #result: LiftFlat | undefined;

  constructor(state: InstanceState, call: ComponentCall) {
    this.#state = state;
    this.#call = call;
    this.#task = call.task!;
  }

  args(flat: Flat): readonly unknown[] {
    const { params, from, fromMaxFlat } = this.#task.args;
    return this.#read(() => {
      this.#args ??= this.#reader({ params, options: from, maxFlat: fromMaxFlat, name: 'trace' });
      return this.#args(flat, []);
    });
  }

  result(flat: Flat, results: Flat): unknown {
    const { isAsync, signature, result } = this.#task;
    const { params, to, toMaxFlat } = result;
    if (params.length === 0) return undefined;
    const isStored = isAsync || signature.results.length === 0;
    const [value] = this.#read(() => {
      this.#result ??= this.#reader({
        params,
        options: to,
        maxFlat: toMaxFlat,
        name: 'trace',
        what: 'result',
      });
      return this.#result(isStored ? [flat.at(-1)!] : results, []);
    });
    return value;
  }

  /** Values that cannot be read, because the call is about to trap, are none. */
  #read(read: () => readonly unknown[]): readonly unknown[] {
    try {
      return read();
    } catch {
      return [];
    }
  }

  #reader(spec: FlatSpec): LiftFlat {
    const state = this.#state;
    const { instance, options } = this.#call;
    const prepared = (state.code as TaskInstanceCode).liftFlat({ ...spec, peer: 'component' });
    return prepared.bind({
      ...state.options(options, instance),
      instance: observed(state.instance(instance)),
      resources: resourceTypesOf(state, prepared.resources),
      waitables: prepared.waitables.map(() => INDEX),
    });
  }
}

const INDEX: WaitableCodec = { lift: (index) => index, lower: Number, mismatch: () => undefined };
