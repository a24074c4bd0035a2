import {
  type CanonicalOptions,
  type ComponentInstance,
  type CoreFunction,
  flattenFunctype,
  type FuncType,
  refuseLeaving,
} from '@wit-ts/abi';
import type { Plan, PlanLift } from '@wit-ts/plan';
import { type DirectCall, directCalls } from '@wit-ts/plan/direct';
import { busyModule, type CoreSignature, forwardModule, guardModule } from './guard-modules.ts';

/** What all instances of a component share. */
interface Shared {
  readonly calls: ReadonlyMap<number, DirectCall>;
  /** By what they do and the signature of what they call. */
  readonly modules: Map<string, WebAssembly.Module>;
}

const shared = new WeakMap<Plan, Shared>();

/**
 * Calls between components that core wasm makes alone (`directCalls` of `@wit-ts/plan/direct`), for one instance of the root.
 * Callers whose calls are guarded have a global that is set while their realloc or post-return runs.
 */
export class DirectLinks {
  readonly #plan: Plan;
  readonly #shared: Shared;
  /** The global of each instance that has guarded calls. */
  readonly #busy = new Map<number, WebAssembly.Global>();
  readonly #cleaners = new Map<CoreFunction, CoreFunction>();

  constructor(plan: Plan) {
    let known = shared.get(plan);
    if (known === undefined) shared.set(plan, (known = { calls: callsHere(plan), modules: new Map() }));
    this.#plan = plan;
    this.#shared = known;
    for (const [trampoline, how] of known.calls) {
      const { instance } = plan.trampolines[trampoline]!;
      if (how === 'guarded' && !this.#busy.has(instance)) {
        this.#busy.set(instance, new WebAssembly.Global({ value: 'i32', mutable: true }, 0));
      }
    }
  }

  /** Whether a trampoline is no more than a core call. */
  has(trampoline: number): boolean {
    return this.#shared.calls.has(trampoline);
  }

  /** What the caller imports for such a trampoline. @param core what the callee lifts */
  link(trampoline: number, lift: PlanLift, core: CoreFunction, caller: ComponentInstance): CoreFunction {
    if (this.#shared.calls.get(trampoline) === 'plain') return core;
    const busy = this.#busy.get(this.#plan.trampolines[trampoline]!.instance)!;
    const signature = flattenFunctype(lift.options.canonical, lift.type, 'lift');
    return this.#wrapped('guard', core, signature, busy, () => refuseLeaving(caller, lift.name));
  }

  /** A realloc function so that the guards of its instance know when it runs. */
  realloc(instance: number, core: CoreFunction, { memory: address = 'i32' }: CanonicalOptions): CoreFunction {
    return this.#cleaner(instance, core, {
      params: [address, address, address, address],
      results: [address],
    });
  }

  /** The same for the post-return function of a lift. */
  postReturn(instance: number, core: CoreFunction, options: CanonicalOptions, type: FuncType): CoreFunction {
    const { results } = flattenFunctype(options, type, 'lift');
    return this.#cleaner(instance, core, { params: results, results: [] });
  }

  #cleaner(instance: number, core: CoreFunction, signature: CoreSignature): CoreFunction {
    const busy = this.#busy.get(instance);
    if (busy === undefined) return core;
    let cleaner = this.#cleaners.get(core);
    if (cleaner === undefined) {
      cleaner = this.#wrapped('busy', core, signature, busy, () => undefined);
      this.#cleaners.set(core, cleaner);
    }
    return cleaner;
  }

  #wrapped(
    what: 'guard' | 'busy',
    call: CoreFunction,
    signature: CoreSignature,
    busy: WebAssembly.Global,
    refuse: () => void,
  ): CoreFunction {
    const { modules } = this.#shared;
    const key = `${what} ${signature.params.join(' ')} ${signature.results.join(' ')}`;
    let module = modules.get(key);
    if (module === undefined) {
      module = what === 'guard' ? guardModule(signature) : busyModule(signature);
      modules.set(key, module);
    }
    const { exports } = new WebAssembly.Instance(module, { '': { call, refuse, busy } });
    return exports[''] as CoreFunction;
  }
}

/** The direct calls, without those for which a module is needed where the platform compiles none. */
function callsHere(plan: Plan): ReadonlyMap<number, DirectCall> {
  const calls = directCalls(plan);
  return mayCompile() ? calls : new Map([...calls].filter(([, how]) => how === 'plain'));
}

function mayCompile(): boolean {
  try {
    busyModule({ params: [], results: [] });
    return true;
  } catch {
    return false;
  }
}

/** A function of JavaScript as one of core wasm, which makes of its arguments and result what their core types are. */
export function throughCore(call: CoreFunction, options: CanonicalOptions, type: FuncType): CoreFunction {
  // Where the platform compiles no module the values are left to chance, but only those that do not fit.
  if (!mayCompile()) return call;
  const module = forwardModule(flattenFunctype(options, type, 'lift'));
  const busy = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
  const { exports } = new WebAssembly.Instance(module, { '': { call, refuse: call, busy } });
  return exports[''] as CoreFunction;
}
