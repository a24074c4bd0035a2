import type { CoreItem } from '@wit-ts/component/binary';
import type { CoreArg, CoreRef, Plan, PlanOptions, PlanStep } from '../plan.ts';
import type { CoreModules } from './core-modules.ts';

type CoreInstantiation = Extract<PlanStep, { tag: 'instantiate-core' }>;

/** Trampolines by number, or `any` when they cannot be known. */
type Reached = ReadonlySet<number> | 'any';

/** Finds the trampolines that the code of a core instance can call, from imports and exports. */
export class CoreWiring {
  readonly #plan: Plan;
  readonly #modules: CoreModules;
  readonly #instances: readonly CoreInstantiation[];
  readonly #reached = new Map<number, Reached>();
  readonly #cleaning = new Map<number, Reached>();

  constructor(plan: Plan, modules: CoreModules) {
    this.#plan = plan;
    this.#modules = modules;
    const instances: CoreInstantiation[] = [];
    for (const step of plan.steps) if (step.tag === 'instantiate-core') instances[step.into] = step;
    this.#instances = instances;
  }

  /**
   * Returns whether a trampoline may be called from realloc or post-return, while the component instance must not
   * leave.
   */
  mayCallFromCleaning(instance: number, trampoline: number): boolean {
    let reached = this.#cleaning.get(instance);
    if (reached === undefined) {
      reached = this.#unionOf(this.#cleaners(instance));
      this.#cleaning.set(instance, reached);
    }
    return reached === 'any' || reached.has(trampoline);
  }

  /**
   * Returns the core instances of a component instance's realloc and post-return functions; `undefined` for a
   * trampoline.
   */
  #cleaners(instance: number): ReadonlySet<number | undefined> {
    const found = new Set<number | undefined>();
    const add = ({ realloc, postReturn }: PlanOptions): void => {
      for (const core of [realloc, postReturn])
        if (core !== undefined) found.add(core.tag === 'export' ? core.instance : undefined);
    };
    for (const lift of this.#plan.lifts) if (lift.instance === instance) add(lift.options);
    for (const each of this.#plan.trampolines)
      if (each.tag === 'lower' && each.instance === instance) add(each.options);
    return found;
  }

  #unionOf(instances: Iterable<number | undefined>): Reached {
    const union = new Set<number>();
    for (const instance of instances) {
      const reached = instance === undefined ? 'any' : this.#reach(instance);
      if (reached === 'any') return reached;
      for (const trampoline of reached) union.add(trampoline);
    }
    return union;
  }

  /** Returns `any` when functions can enter the instance by other ways than its imports: in tables or as references. */
  #reach(instance: number): Reached {
    let reached = this.#reached.get(instance);
    if (reached === undefined) {
      reached = this.#reachOf(this.#instances[instance]!);
      this.#reached.set(instance, reached);
    }
    return reached;
  }

  #reachOf({ module, args }: CoreInstantiation): Reached {
    const type = this.#modules.type(module);
    if (type === undefined) return 'any';
    const items = [...type.imports.map(({ item }) => item), ...type.exports.values()];
    if (items.some(passesFunctions)) return 'any';
    const reached = new Set<number>();
    const beyond = new Set<number>();
    for (const { module: from, name, item } of type.imports) {
      const core = item.tag === 'func' ? given(args, from, name) : undefined;
      if (core?.tag === 'trampoline') reached.add(core.index);
      if (core?.tag === 'export') beyond.add(core.instance);
    }
    const further = this.#unionOf(beyond);
    if (further === 'any') return further;
    for (const trampoline of further) reached.add(trampoline);
    return reached;
  }
}

/** Returns whether an import or export can pass references to functions. */
function passesFunctions(item: CoreItem): boolean {
  switch (item.tag) {
    case 'func':
    case 'tag':
      return item.type === undefined || ![...item.type.params, ...item.type.results].every(isNumber);
    case 'global':
      return !isNumber(item.type);
    case 'table':
      return true;
    case 'memory':
      return false;
  }
}

const NUMBERS: ReadonlySet<string> = new Set(['i32', 'i64', 'f32', 'f64', 'v128']);

function isNumber(type: string): boolean {
  return NUMBERS.has(type);
}

function given(args: readonly CoreArg[], module: string, name: string): CoreRef | undefined {
  const value = args.find((arg) => arg.name === module)?.value;
  if (value === undefined) return undefined;
  if (value.tag === 'instance') return { tag: 'export', instance: value.instance, name };
  return value.exports.find((item) => item.name === name)?.value;
}
