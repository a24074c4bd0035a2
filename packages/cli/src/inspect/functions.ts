import type { FuncRef, Plan, PlanOptions } from '@wit-ts/plan';

/** A `canon lift` or `canon lower`. */
export interface FunctionUse {
  readonly kind: 'lift' | 'lower';
  /** Of a lift the name under which it is exported, of a lower what it calls: `ns:pkg/iface func`. */
  readonly name: string;
  /** Absent without a memory: no string can pass then. */
  readonly stringEncoding?: string;
  /** `memory`, `realloc`, `post-return`, `async`, `callback`: those that are given. */
  readonly options: readonly string[];
}

/** Every function that is lifted or lowered, in the order of the plan: what a component gives first. */
export function functionUses(plan: Plan): FunctionUse[] {
  return [
    ...plan.lifts.map(({ name, options }): FunctionUse => ({ kind: 'lift', name, ...optionsOf(options) })),
    ...plan.trampolines.flatMap((trampoline): FunctionUse[] =>
      trampoline.tag === 'lower'
        ? [{ kind: 'lower', name: callee(plan, trampoline.func), ...optionsOf(trampoline.options) }]
        : [],
    ),
  ];
}

/** What a reference to a function is called. */
export function callee(plan: Plan, func: FuncRef): string {
  return func.tag === 'lift'
    ? (plan.lifts[func.index]?.name ?? '')
    : (plan.imports[func.import]?.path.join(' ') ?? '');
}

function optionsOf({ canonical }: PlanOptions): Pick<FunctionUse, 'options' | 'stringEncoding'> {
  const { memory, realloc, postReturn, async: isAsync, callback, stringEncoding } = canonical;
  const options = [
    ...(memory === undefined ? [] : [memory === 'i64' ? 'memory64' : 'memory']),
    ...(realloc ? ['realloc'] : []),
    ...(postReturn ? ['post-return'] : []),
    ...(isAsync ? ['async'] : []),
    ...(callback ? ['callback'] : []),
  ];
  return memory === undefined ? { options } : { options, stringEncoding };
}
