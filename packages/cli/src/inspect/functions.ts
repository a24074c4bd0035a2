import type { FuncRef, Plan, PlanOptions } from '@wit-ts/plan';

/** A function with the options of its `canon lift` or `canon lower`. */
export interface FunctionUse {
  readonly kind: 'lift' | 'lower';
  /** For a lift the name of the export, for a lower the name of the callee: `ns:pkg/iface func`. */
  readonly name: string;
  /** Whether it is `async` in WIT. */
  readonly async: boolean;
  /** Absent without a memory, because no string can pass then. */
  readonly stringEncoding?: string;
  /** The canonical options that are set: `memory`, `realloc`, `post-return`, `async`, `callback`. */
  readonly options: readonly string[];
}

/** Lists the lifted functions, then the lowered ones, in the order of the plan. */
export function functionUses(plan: Plan): FunctionUse[] {
  return [
    ...plan.lifts.map(({ name, type, options }): FunctionUse => ({
      kind: 'lift',
      name,
      async: type.async,
      ...optionsOf(options),
    })),
    ...plan.trampolines.flatMap((trampoline): FunctionUse[] =>
      trampoline.tag === 'lower'
        ? [
            {
              kind: 'lower',
              name: callee(plan, trampoline.func),
              async: trampoline.type.async,
              ...optionsOf(trampoline.options),
            },
          ]
        : [],
    ),
  ];
}

/** Returns the name of a referenced function. */
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
