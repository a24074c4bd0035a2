import {
  ComponentError,
  ComponentInstance,
  coreSignatureOf,
  ResourceType,
  type CanonicalOptions,
  type CoreFunction,
  type Engine,
  type FuncType,
} from '@wit-ts/abi';
import type { MappingChoices } from '@wit-ts/mapping';
import { HostHandle } from './values.ts';

/** What a call through both boundaries of a guest gave. */
export interface Passed {
  /** The argument as the host's function received it: lowered, and lifted again. */
  readonly argument: unknown;
  readonly outcome: TrialOutcome;
}

/** What a function returns or throws as the `err` of its result. */
export type TrialOutcome =
  | { readonly tag: 'returned'; readonly value: unknown }
  | { readonly tag: 'thrown'; readonly payload: unknown };

/** A value that does not fit its type. */
export interface Refused {
  readonly refused: string;
}

const MEMORY_BYTES = 1 << 16;
const ALLOCATED_FROM = 1024;
const RETURN_AREA_BYTES = 4096;

const OPTIONS: CanonicalOptions = {
  stringEncoding: 'utf8',
  memory: 'i32',
  realloc: true,
  postReturn: false,
  async: false,
  callback: false,
};

/**
 * A guest that exports a function of a type by calling the one that it imports: each value is lowered into its memory
 * and lifted out of it, in both directions.
 */
export class PassThrough {
  readonly #type: FuncType;
  readonly #lift: ReturnType<Engine['lift']>;
  readonly #lower: ReturnType<Engine['lower']>;

  constructor(engine: Engine, type: FuncType, mapping: MappingChoices) {
    const options = { ...OPTIONS, mapping };
    this.#type = type;
    this.#lift = engine.lift({ type, options, name: 'f', call: 'function' });
    this.#lower = engine.lower({ type, options, name: 'f', call: { tag: 'function' } });
  }

  /** Calls the function with an argument, and lets the host's function do `outcome`. */
  call(argument: unknown, outcome: TrialOutcome): Passed | Refused {
    let received: unknown;
    const callee = (value: unknown): unknown => {
      received = value;
      if (outcome.tag === 'thrown') throw new ComponentError(outcome.payload);
      return outcome.value;
    };
    try {
      const value = this.#bind(callee)(argument);
      return { argument: received, outcome: { tag: 'returned', value } };
    } catch (error) {
      if (error instanceof ComponentError) {
        return { argument: received, outcome: { tag: 'thrown', payload: error.payload } };
      }
      if (error instanceof TypeError) return { refused: error.message };
      throw error;
    }
  }

  #bind(callee: (value: unknown) => unknown): (argument: unknown) => unknown {
    const memory = { buffer: new ArrayBuffer(MEMORY_BYTES) } as unknown as WebAssembly.Memory;
    const instance = new ComponentInstance('guest');
    let top = ALLOCATED_FROM;
    const realloc: CoreFunction = (_old, _oldSize, alignment, size) => {
      const at = Math.ceil(top / Number(alignment)) * Number(alignment);
      top = at + Number(size);
      if (top > MEMORY_BYTES) throw new RangeError('the values of the law need a larger memory');
      return at;
    };
    const handle = ResourceType.ofHost('handle', HostHandle);
    const around = { memory, realloc, instance };
    const lowered = this.#lower.bind({
      ...around,
      callee,
      resources: this.#lower.resources.map(() => handle),
    });
    const { spillsResult } = coreSignatureOf(OPTIONS, this.#type, 'lift');
    const core: CoreFunction = (...args) => {
      if (!spillsResult) return lowered(...args);
      const area = realloc(0, 0, 8, RETURN_AREA_BYTES)!;
      lowered(...args, area);
      return area;
    };
    return this.#lift.bind({ ...around, core, resources: this.#lift.resources.map(() => handle) }) as (
      argument: unknown,
    ) => unknown;
  }
}
