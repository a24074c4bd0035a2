import { type ComponentInstance, type CoreFunction, refuseLeaving } from '@wit-ts/abi';
import type { Plan } from '@wit-ts/plan';
import { type DirectCall, directCalls } from '@wit-ts/plan/direct';
import type { CoreSignature } from '@wit-ts/concurrency';
import type { CallGuard, Wiring } from '../wiring/wiring.ts';
import { busyModule, forwardModule, guardModule } from './guard-modules.ts';

/**
 * The flags of one instance of the root: one for each component instance whose calls are guarded. A flag is a global
 * of core wasm that is set while the component instance's realloc or post-return runs, when it may call nothing
 * outside.
 */
export class CallGuards {
  readonly #flags: ReadonlyMap<number, WebAssembly.Global>;
  readonly #flagging = new Map<CoreFunction, CoreFunction>();
  readonly #modules: Modules;

  constructor(wiring: Wiring) {
    this.#flags = new Map(wiring.flagged.map((instance) => [instance, newFlag()]));
    let modules = shared.get(wiring);
    if (modules === undefined) shared.set(wiring, (modules = new Map()));
    this.#modules = modules;
  }

  /** Returns what the caller imports for a guarded call. @param core the core function that is called */
  guarded(
    { signature, name, instance }: CallGuard,
    core: CoreFunction,
    caller: ComponentInstance,
  ): CoreFunction {
    const module = this.#module('guard', signature);
    return functionOf(module, core, this.#flags.get(instance)!, () => refuseLeaving(caller, name));
  }

  /** Returns a function that sets the flag of a component instance while the core function runs. */
  flagging(instance: number, core: CoreFunction, signature: CoreSignature): CoreFunction {
    let made = this.#flagging.get(core);
    if (made === undefined) {
      made = functionOf(this.#module('busy', signature), core, this.#flags.get(instance)!);
      this.#flagging.set(core, made);
    }
    return made;
  }

  #module(what: 'guard' | 'busy', signature: CoreSignature): WebAssembly.Module {
    const key = `${what} ${signature.params.join(' ')} → ${signature.results.join(' ')}`;
    let module = this.#modules.get(key);
    if (module === undefined) {
      module = what === 'guard' ? guardModule(signature) : busyModule(signature);
      this.#modules.set(key, module);
    }
    return module;
  }
}

/** Compiled modules, by what they do and the signature of what they call. */
type Modules = Map<string, WebAssembly.Module>;

/** The modules that all instances of a component share. */
const shared = new WeakMap<Wiring, Modules>();

/** Returns a function of JavaScript as one of core wasm, which converts arguments and result to their core types. */
export function throughCore(call: CoreFunction, signature: CoreSignature): CoreFunction {
  return functionOf(forwardModule(signature), call, newFlag());
}

/** Returns the direct calls of a plan, without the guarded ones when no modules for guards can be compiled. */
export function directCallsWith(plan: Plan, compiles: boolean): ReadonlyMap<number, DirectCall> {
  const calls = directCalls(plan);
  return compiles ? calls : new Map([...calls].filter(([, how]) => how === 'plain'));
}

/** Returns true when the platform compiles WebAssembly at run time. */
export function mayCompile(): boolean {
  try {
    busyModule({ params: [], results: [] });
    return true;
  } catch {
    return false;
  }
}

function functionOf(
  module: WebAssembly.Module,
  call: CoreFunction,
  busy: WebAssembly.Global,
  refuse: () => void = () => undefined,
): CoreFunction {
  return new WebAssembly.Instance(module, { '': { call, refuse, busy } }).exports[''] as CoreFunction;
}

function newFlag(): WebAssembly.Global {
  return new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
}
