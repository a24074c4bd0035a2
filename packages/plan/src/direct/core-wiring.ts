import type { CoreItem } from '@wit-ts/component/binary';
import type { CoreArg, CoreRef, Plan, PlanOptions, Step } from '../plan.ts';
import type { CoreModules } from './core-modules.ts';

type CoreInstantiation = Extract<Step, { tag: 'instantiate-core' }>;

/** Which trampolines the code of a core instance can come to call, as far as imports and exports tell. */
export class CoreWiring {
  readonly #plan: Plan;
  readonly #modules: CoreModules;
  readonly #instances: readonly CoreInstantiation[];
  readonly #reached = new Map<number, ReadonlySet<number> | 'any'>();

  constructor(plan: Plan, modules: CoreModules) {
    this.#plan = plan;
    this.#modules = modules;
    const instances: CoreInstantiation[] = [];
    for (const step of plan.steps) if (step.tag === 'instantiate-core') instances[step.into] = step;
    this.#instances = instances;
  }

  /** The functions that run while a component instance may not leave: realloc and post-return. */
  cleaners(instance: number): CoreRef[] {
    const found: CoreRef[] = [];
    const add = ({ realloc, postReturn }: PlanOptions): void => {
      if (realloc !== undefined) found.push(realloc);
      if (postReturn !== undefined) found.push(postReturn);
    };
    for (const lift of this.#plan.lifts) if (lift.instance === instance) add(lift.options);
    for (const each of this.#plan.trampolines)
      if (each.tag === 'lower' && each.instance === instance) add(each.options);
    return found;
  }

  /** Whether a core function may come to call a trampoline. */
  mayReach(core: CoreRef, trampoline: number): boolean {
    if (core.tag === 'trampoline') return true;
    const reached = this.#reach(core.instance);
    return reached === 'any' || reached.has(trampoline);
  }

  /** `any` where functions can get into the instance by another way than its imports: by tables, and as references. */
  #reach(instance: number): ReadonlySet<number> | 'any' {
    let reached = this.#reached.get(instance);
    if (reached === undefined) {
      reached = this.#reachOf(this.#instances[instance]!);
      this.#reached.set(instance, reached);
    }
    return reached;
  }

  #reachOf({ module, args }: CoreInstantiation): ReadonlySet<number> | 'any' {
    const type = this.#modules.type(module);
    if (type === undefined) return 'any';
    const items = [...type.imports.map(({ item }) => item), ...type.exports.values()];
    if (items.some(passesFunctions)) return 'any';
    const reached = new Set<number>();
    for (const { module: from, name, item } of type.imports) {
      if (item.tag !== 'func') continue;
      const core = given(args, from, name);
      if (core?.tag === 'trampoline') reached.add(core.index);
      const beyond = core?.tag === 'export' ? this.#reach(core.instance) : [];
      if (beyond === 'any') return 'any';
      for (const trampoline of beyond) reached.add(trampoline);
    }
    return reached;
  }
}

/** Whether references to functions can be handed over by means of an import or export. */
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
