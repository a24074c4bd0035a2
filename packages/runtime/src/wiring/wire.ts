import { type LowerSpec, mentionedTypes, type Peer } from '@wit-ts/abi';
import type { Plan, PlanResource, Trampoline } from '@wit-ts/plan';
import type { DirectCall } from '@wit-ts/plan/direct';
import type { OptionalParts } from '../optional-parts.ts';
import { callStyle, FunctionWirer } from './wire-functions.ts';
import { wireExports } from './wire-exports.ts';
import type { TaskWirer } from '../tasks/task-wirer.ts';
import type { LoweredFunction, ResourceWiring, TrampolineWiring, Wiring } from './wiring.ts';

/** What a wiring depends on beside the plan. */
export interface WiringOptions {
  /** Whether every call is traced: functions of the host then take all arguments alike. */
  readonly isTraced: boolean;
  readonly hasTasks: boolean;
  /** Whether the engine can move values from one component to another. */
  readonly fuses: boolean;
  readonly parts: Omit<OptionalParts, 'resources'>;
  /** Whether modules for guards can be compiled when an instance is made. By default it is tried here. */
  readonly compiles?: boolean;
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
  readonly #tasks: TaskWirer | undefined;
  /** The calls between components that need no Canonical ABI, by the index of the trampoline. */
  readonly #direct: ReadonlyMap<number, DirectCall>;
  readonly #flagged: ReadonlySet<number>;

  constructor(plan: Plan, options: WiringOptions) {
    const { parts } = options;
    const compiles = options.compiles ?? parts.calls?.mayCompile() === true;
    this.#plan = plan;
    this.#options = options;
    this.#direct = parts.calls === undefined ? new Map() : parts.calls.directCallsWith(plan, compiles);
    const guarded = [...this.#direct].filter(([, how]) => how === 'guarded');
    this.#flagged = new Set(guarded.map(([index]) => plan.trampolines[index]!.instance));
    this.#tasks = options.hasTasks ? parts.tasks!.taskWirer(plan) : undefined;
    this.#functions = new FunctionWirer(plan, {
      flagged: this.#flagged,
      tasks: this.#tasks,
      forwards: parts.calls !== undefined && compiles,
      signatureOf: parts.calls?.coreSignatureOf,
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
          ? this.#hostCall(trampoline, trampoline.func.import, index)
          : this.#componentCall(trampoline, trampoline.func.index, index);
      case 'builtin':
        return this.#tasks!.builtin(trampoline, index, this.#functions);
      default:
        return trampoline;
    }
  }

  #hostCall(lower: Lower, imported: number, index: number): TrampolineWiring {
    const name = this.#plan.imports[imported]!.path.join('#');
    const style = callStyle(this.#plan, imported);
    const task = this.#tasks?.hostCall(lower, index, name);
    // The function around the host's function passes all arguments in the same way.
    const call: LowerSpec['call'] =
      this.#options.isTraced || task !== undefined ? { tag: 'function' } : style;
    return { tag: 'host-call', import: imported, style, task, ...this.#lowered(lower, name, call, 'host') };
  }

  #componentCall(lower: Lower, lift: number, index: number): TrampolineWiring {
    const { fuses, parts } = this.#options;
    const { name } = this.#plan.lifts[lift]!;
    const task = this.#tasks?.componentCall(lower, index);
    if (task === undefined) {
      const direct = this.#direct.get(index);
      const found = parts.calls?.wireCall(this.#plan, this.#functions, lower, lift, direct, fuses);
      if (found !== undefined) return found;
    }
    const callee = this.#functions.lifted(lift, 'component', name);
    return {
      tag: 'component-call',
      callee,
      task,
      ...this.#lowered(lower, name, { tag: 'function' }, 'component'),
    };
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
    };
  }

  #resource(resource: PlanResource): ResourceWiring {
    const { tag, name } = resource;
    if (tag === 'host') return { tag, name, import: resource.import };
    const { instance, destructor } = resource;
    return { tag, name, instance, destructor: destructor && this.#functions.cleanup(destructor) };
  }
}
