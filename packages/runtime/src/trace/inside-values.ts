import {
  ComponentInstance,
  type CoreFunction,
  HandleTable,
  type HostFunction,
  type LowerSpec,
  mentionedTypes,
  ResourceHandle,
  resourcesOf,
  type ResourceType,
} from '@wit-ts/abi';
import type { Type } from '@wit-ts/model';
import { layoutOf } from '@wit-ts/model/layout';
import type { InstanceState } from '../instance/instance-state.ts';
import type { Lower } from '../wiring/wire.ts';

type CoreValues = Parameters<CoreFunction>;
type Read = (core: CoreValues) => readonly unknown[];

/**
 * Reads the values of a call from one component to another out of the caller's memory, as the caller passes and
 * receives them. Reading changes nothing: no memory is allocated, and handles stay where they are.
 */
export class InsideValues {
  /** Reads the arguments. Those that cannot be read, because the call is about to trap, are none. */
  readonly args: Read;
  readonly #result: Read | undefined;
  readonly #isStored: boolean;
  readonly #address: 'i32' | 'i64';

  constructor(state: InstanceState, lower: Lower) {
    const { result } = lower.type;
    const { memory = 'i32', async } = lower.options.canonical;
    const { args, results } = specsOf(lower);
    this.#address = memory;
    this.#isStored = result !== undefined && (async || (layoutOf(result, memory).flat?.length ?? 2) > 1);
    this.args = reader(state, lower, args);
    this.#result = result && reader(state, lower, results[this.#isStored ? 'stored' : 'flat']);
  }

  /** Reads the result, which is in the caller's memory or is the value of the core function. */
  result(core: CoreValues, returned: ReturnType<CoreFunction>): unknown {
    if (this.#result === undefined) return undefined;
    if (!this.#isStored) return this.#result([returned!])[0];
    const one = this.#address === 'i32' ? 1 : 1n;
    const [list] = this.#result([core.at(-1)!, one]);
    return (list as ArrayLike<unknown> | undefined)?.[0];
  }
}

interface ReadSpecs {
  readonly args: LowerSpec;
  readonly results: { readonly flat: LowerSpec; readonly stored: LowerSpec };
}

/** The specifications of each call. An engine makes the code of one only once. */
const known = new WeakMap<Lower, ReadSpecs>();

/**
 * A lowered function lifts its arguments. So values are read by functions that are never called by a guest: one with
 * the parameters of the call, and one that takes its result as a parameter. A result in memory is a list of one.
 */
function specsOf(lower: Lower): ReadSpecs {
  let specs = known.get(lower);
  if (specs === undefined) {
    const { params, result = 'u32' } = lower.type;
    const spec = (types: readonly Type[], async: boolean): LowerSpec => ({
      type: { async: false, params: types.map((type, index) => ({ name: String(index), type })) },
      options: { ...lower.options.canonical, async },
      name: 'trace',
      call: { tag: 'function' },
      peer: 'component',
    });
    const stored: Type = { kind: { tag: 'list', element: result } };
    specs = {
      args: spec(
        params.map((param) => param.type),
        lower.options.canonical.async,
      ),
      results: { flat: spec([result], false), stored: spec([stored], false) },
    };
    known.set(lower, specs);
  }
  return specs;
}

function reader(state: InstanceState, { instance, options }: Lower, spec: LowerSpec): Read {
  let values: readonly unknown[] = [];
  const callee = ((...args: readonly unknown[]) => void (values = args)) as HostFunction;
  let read: CoreFunction | undefined;
  return (core) => {
    values = [];
    try {
      read ??= state.code.lower(spec).bind({
        callee,
        memory: options.memory && (state.core(options.memory) as WebAssembly.Memory),
        instance: observed(state.instance(instance)),
        resources: resourceTypes(state, spec),
      });
      read(...core);
    } catch {
      // The call itself will fail.
    }
    return values;
  };
}

function resourceTypes(state: InstanceState, { type }: LowerSpec): readonly ResourceType[] {
  const { resources } = state.component.plan;
  return resourcesOf(mentionedTypes(type)).map((definition) => {
    const index = resources.findIndex((resource) => resource.type === definition);
    return state.resources[index]!;
  });
}

/** Returns an instance with the handles of another one, for code that may do with it what it likes. */
export function observed({ name, handles }: ComponentInstance): ComponentInstance {
  return Object.assign(new ComponentInstance(name), { handles: new ObservedHandles(handles) });
}

class ObservedHandles extends HandleTable {
  readonly #handles: HandleTable;

  constructor(handles: HandleTable) {
    super();
    this.#handles = handles;
  }

  override get(index: number): object {
    const entry = this.#handles.get(index);
    return entry instanceof ResourceHandle
      ? Object.assign(new ResourceHandle(entry.type, entry.rep, entry.own, entry.scope), {
          lends: entry.lends,
        })
      : entry;
  }

  override free(): void {
    // The handle stays.
  }
}
