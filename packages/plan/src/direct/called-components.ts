import type { Plan, Trampoline } from '../plan.ts';

/** Finds the component instances that the code of each component instance can call. */
export class CalledComponents {
  readonly #plan: Plan;
  /** By the calling instance: the instances that it calls directly. */
  readonly #calls: ReadonlySet<number>[];
  readonly #reached = new Map<number, ReadonlySet<number>>();
  readonly #subtrees = new Map<number, readonly number[]>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#calls = plan.instances.map(() => new Set());
    for (const trampoline of plan.trampolines) {
      const callee = calledBy(plan, trampoline);
      if (callee !== undefined) (this.#calls[trampoline.instance] as Set<number>).add(callee);
    }
  }

  /**
   * Returns whether it could be observed that a call does not mark the instances that it enters: when one of them, or
   * one inside it, is running already, or the callee leads back there. An instance is marked as long as one inside it
   * runs.
   */
  mayObserve(caller: number, callee: number): boolean {
    const fromCallee = this.#reach(callee);
    return this.#entered(caller, callee).some((entered) =>
      this.#inside(entered).some((at) => fromCallee.has(at) || this.#reach(at).has(caller)),
    );
  }

  /** Returns an instance and all instances inside it. */
  #inside(instance: number): readonly number[] {
    let inside = this.#subtrees.get(instance);
    if (inside === undefined) {
      const { instances } = this.#plan;
      inside = [...instances.keys()].filter((at) => this.#withAncestors(at).includes(instance));
      this.#subtrees.set(instance, inside);
    }
    return inside;
  }

  /** `enteringSet` of `@wit-ts/abi`, over the instances of the plan. */
  #entered(caller: number, callee: number): number[] {
    const outside = new Set(this.#withAncestors(caller));
    return this.#withAncestors(callee).filter((at) => !outside.has(at));
  }

  #withAncestors(instance: number): number[] {
    const found: number[] = [];
    for (let at: number | undefined = instance; at !== undefined; at = this.#plan.instances[at]!.parent)
      found.push(at);
    return found;
  }

  /** Returns what an instance calls, directly and indirectly; the instance itself only when it is among them. */
  #reach(instance: number): ReadonlySet<number> {
    let reached = this.#reached.get(instance) as Set<number> | undefined;
    if (reached !== undefined) return reached;
    reached = new Set(this.#calls[instance]);
    // Iteration over a set continues with what is added meanwhile.
    for (const callee of reached) for (const next of this.#calls[callee]!) reached.add(next);
    this.#reached.set(instance, reached);
    return reached;
  }
}

/** Returns the instance whose code runs when a trampoline is called, or `undefined` for the host's code. */
function calledBy(plan: Plan, trampoline: Trampoline): number | undefined {
  if (trampoline.tag === 'lower') {
    return trampoline.func.tag === 'lift' ? plan.lifts[trampoline.func.index]!.instance : undefined;
  }
  if (trampoline.tag !== 'resource.drop') return undefined;
  const resource = plan.resources[trampoline.resource]!;
  return resource.tag === 'guest' && resource.destructor !== undefined ? resource.instance : undefined;
}
