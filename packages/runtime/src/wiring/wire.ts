import { type LowerSpec, mentionedTypes, mentionsWaitables, type Peer } from '@wit-ts/abi';
import { callOf } from '@wit-ts/mapping';
import type { Plan, PlanResource, Trampoline } from '@wit-ts/plan';
import type { DirectCall } from '@wit-ts/plan/direct';
import type { OptionalParts } from '../optional-parts.ts';
import { callStyle, FunctionWirer } from './wire-functions.ts';
import { wireExports } from './wire-exports.ts';
import type { LoweredFunction, ResourceWiring, TrampolineWiring, Wiring } from './wiring.ts';

/** What a wiring depends on beside the plan. */
export interface WiringOptions {
  /** Whether every call is traced: functions of the host then take all arguments alike. */
  readonly isTraced: boolean;
  readonly hasTasks: boolean;
  /** Whether the engine can move values from one component to another. */
  readonly fuses: boolean;
  readonly parts: OptionalParts;
}

export type Lower = Extract<Trampoline, { tag: 'lower' }>;

/** Decides how the functions of a component are made. */
export function wire(plan: Plan, options: WiringOptions): Wiring {
  return new Wirer(plan, options).wire();
}

class Wirer {
  readonly #plan: Plan;
  readonly #options: WiringOptions;
  readonly #functions: FunctionWirer;
  /** The calls between components that need no Canonical ABI, by the index of the trampoline. */
  readonly #direct: ReadonlyMap<number, DirectCall>;
  readonly #flagged: ReadonlySet<number>;

  constructor(plan: Plan, options: WiringOptions) {
    const { parts } = options;
    this.#plan = plan;
    this.#options = options;
    this.#direct = parts.calls === undefined ? new Map() : parts.calls.directCallsHere(plan);
    const guarded = [...this.#direct].filter(([, how]) => how === 'guarded');
    this.#flagged = new Set(guarded.map(([index]) => plan.trampolines[index]!.instance));
    this.#functions = new FunctionWirer(plan, {
      flagged: this.#flagged,
      hasTasks: options.hasTasks,
      forwards: parts.calls?.mayCompile() === true,
    });
  }

  wire(): Wiring {
    const trampolines = this.#plan.trampolines.map((each, index) => this.#trampoline(each, index));
    const resources = this.#plan.resources.map((each) => this.#resource(each));
    const exports = wireExports(this.#plan, this.#functions);
    return { trampolines, resources, exports, functions: this.#functions.list, flagged: [...this.#flagged] };
  }

  #trampoline(trampoline: Trampoline, index: number): TrampolineWiring {
    switch (trampoline.tag) {
      case 'lower':
        return trampoline.func.tag === 'import'
          ? this.#hostCall(trampoline, trampoline.func.import)
          : this.#componentCall(trampoline, trampoline.func.index, index);
      case 'builtin':
        return this.#options.parts.tasks!.wireBuiltin(trampoline, this.#functions);
      default:
        return trampoline;
    }
  }

  #hostCall(lower: Lower, index: number): TrampolineWiring {
    const { type, instance } = lower;
    const name = this.#plan.imports[index]!.path.join('#');
    if (mentionsWaitables(type)) return { tag: 'unsupported', name, instance };
    const style = callStyle(this.#plan, index);
    // The function around the host's function passes all arguments in the same way.
    const mayWait = callOf(type) === 'promise';
    const call: LowerSpec['call'] = this.#options.isTraced || mayWait ? { tag: 'function' } : style;
    return { tag: 'host-call', import: index, style, mayWait, ...this.#lowered(lower, name, call, 'host') };
  }

  #componentCall(lower: Lower, lift: number, index: number): TrampolineWiring {
    const { fuses, parts } = this.#options;
    const { type, instance } = lower;
    const { name } = this.#plan.lifts[lift]!;
    const direct = this.#direct.get(index);
    const found = parts.calls?.wireCall(this.#plan, this.#functions, lower, lift, direct, fuses);
    if (found !== undefined) return found;
    if (mentionsWaitables(type)) return { tag: 'unsupported', name, instance };
    const callee = this.#functions.lifted(lift, 'component', name);
    return { tag: 'component-call', callee, ...this.#lowered(lower, name, { tag: 'function' }, 'component') };
  }

  #lowered(
    { type, options, instance }: Lower,
    name: string,
    call: LowerSpec['call'],
    peer: Peer,
  ): LoweredFunction {
    return {
      spec: { type, options: options.canonical, name, call, peer },
      options: this.#functions.options(options, instance),
      instance,
      resources: this.#functions.resources(mentionedTypes(type)),
      isAsync: options.canonical.async,
    };
  }

  #resource(resource: PlanResource): ResourceWiring {
    const { tag, name } = resource;
    if (tag === 'host') return { tag, name, import: resource.import };
    const { instance, destructor } = resource;
    return { tag, name, instance, destructor: destructor && this.#functions.cleanup(destructor) };
  }
}
