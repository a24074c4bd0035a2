import { LIMITS_EXPORTS, type ModuleUse } from '@wit-ts/component/limits';
import { type HandleTable, type HeldHandles, LimitedHandleTable } from '@wit-ts/abi';
import { FUEL_MODULE } from '@wit-ts/component/fuel';
import type { ModuleRef, Plan } from '@wit-ts/plan';
import type { Fuel } from './fuel.ts';
import type { Limits } from './limits.ts';
import { LinkError, type LinkProblem } from './link-error.ts';

/** A core module under limits. */
export interface ModuleLimit {
  readonly use: ModuleUse;
  /** True when the module asks before it grows something, and its instances must be prepared. */
  readonly isRewritten: boolean;
}

/** What decides how much an instance has from the start. */
type PlannedInstances = Pick<Plan, 'steps' | 'lifts' | 'instances'>;

/** About how many bytes an instance may take beside its memories, tables, handles and values. */
const MAX_BOOKKEEPING = 2 ** 28;

/** The bytes of a function between components, or of a resource type, measured on V8 14. */
const STEP_BYTES = 512;

/**
 * What an instance may still take, which all its component instances and core instances share. What it has from the
 * start is subtracted already.
 */
export class InstanceBudget {
  /** Absent when nothing limits the core modules. */
  readonly #modules: readonly ModuleLimit[] | undefined;
  /** The bytes by which memories may grow, and the entries by which tables may grow. */
  readonly #left: readonly [memoryBytes: number, tableEntries: number];
  readonly #held: HeldHandles | undefined;
  readonly #fuel: Fuel | undefined;
  /** The functions of the first limited core instance, which counts for all. */
  #asked: readonly unknown[] | undefined;

  /**
   * @param modules of each core module of the plan; absent when nothing limits them
   * @param limits with their defaults
   * @param fuel of the instance, if its core modules are metered
   * @throws LinkError when the instance exceeds its limits from the start, with everything that exceeds them
   */
  constructor(
    plan: PlannedInstances,
    modules: readonly ModuleLimit[] | undefined,
    limits: Limits,
    fuel?: Fuel,
  ) {
    this.#fuel = fuel;
    const { handles, memoryBytes = Infinity, tableEntries = Infinity } = limits;
    this.#modules = modules;
    this.#held = handles === undefined ? undefined : { count: 0, most: handles };
    const total = modules && checkUseAtStart(plan, modules, limits);
    this.#left = [memoryBytes - (total?.memoryBytes ?? 0), tableEntries - (total?.tableEntries ?? 0)];
  }

  /** Returns the handle table of one of the component instances, unless it is like any other. */
  handleTable(): HandleTable | undefined {
    return this.#held && new LimitedHandleTable(this.#held);
  }

  /** Returns true when a core module of the plan may differ from what the component contains. */
  hasRewritten(module: number): boolean {
    return this.#fuel !== undefined || this.#modules?.[module]!.isRewritten === true;
  }

  /**
   * Adds what a core module imports beside its own imports. Returns what prepares its instances, if they must be
   * prepared.
   */
  preparing(
    module: ModuleRef,
    imports: WebAssembly.Imports,
  ): ((exports: WebAssembly.Exports) => WebAssembly.Exports) | undefined {
    if (module.tag === 'import') return undefined;
    if (this.#fuel !== undefined) imports[FUEL_MODULE] = this.#fuel.imports;
    return this.#modules?.[module.index]!.isRewritten === true
      ? (exports) => this.prepare(exports)
      : undefined;
  }

  /**
   * Prepares a core instance, which then runs its start function. Returns its exports without those that `limitModule`
   * added, because a component must not reach them.
   *
   * @throws whatever the start function throws
   */
  prepare(exports: WebAssembly.Exports): WebAssembly.Exports {
    const { table, functions, globals, start } = LIMITS_EXPORTS;
    if (this.#asked === undefined) {
      this.#asked = functions.map((name) => exports[name]);
      for (const [kind, name] of globals.entries())
        (exports[name] as WebAssembly.Global).value = this.#left[kind]!;
    }
    for (const [kind, asked] of this.#asked.entries()) (exports[table] as WebAssembly.Table).set(kind, asked);
    (exports[start] as (() => void) | undefined)?.();
    const added = new Set<string>([table, ...functions, ...globals, start]);
    const visible = Object.create(null) as WebAssembly.Exports;
    for (const [name, value] of Object.entries(exports)) if (!added.has(name)) visible[name] = value;
    return visible;
  }
}

function exceeded(problems: readonly LinkProblem[]): LinkError {
  return new LinkError(problems, 'the component exceeds its limits from the start:', { code: 'over-limit' });
}

/** Returns the error for a component that alone makes so many instances. */
export function tooManyInstances(limit: number, count: number): LinkError {
  return exceeded([
    {
      path: ['limits.instances'],
      expected: `at most ${limit} ${INSTANCES}`,
      given: `${count} or more from the start`,
    },
  ]);
}

const INSTANCES = 'component instances and core instances';

/**
 * Returns what an instance has from the start.
 *
 * @param limits with their defaults
 * @throws LinkError when that exceeds its limits, with everything that exceeds them
 */
export function checkUseAtStart(
  plan: PlannedInstances,
  modules: readonly ModuleLimit[],
  limits: Limits,
): TotalUse {
  const { total, count } = useOfAll(plan, modules);
  const coreInstances = count === 1 ? '1 core instance' : `${count} core instances`;
  const problems: LinkProblem[] = [];
  const check = (name: keyof Limits, used: number, unit: string): void => {
    const limit = limits[name] as number | undefined;
    if (limit === undefined || used <= limit) return;
    const where = `from the start (${coreInstances})`;
    problems.push({
      path: [`limits.${name}`],
      expected: `at most ${limit} ${unit}`,
      given: `${used} ${where}`,
    });
  };
  check('instances', plan.instances.length + count, INSTANCES);
  check('memories', total.memories, 'memories');
  check('memoryBytes', total.memoryBytes, 'bytes in all memories');
  check('tables', total.tables, 'tables');
  check('tableEntries', total.tableEntries, 'entries in all tables');
  if (limits.memoryBytes !== undefined) {
    if (total.bookkeepingBytes > MAX_BOOKKEEPING) {
      problems.push({
        path: ['functions'],
        expected: `at most ${MAX_BOOKKEEPING} bytes for the functions, names, globals and segments of all instances`,
        given: `about ${total.bookkeepingBytes} (${coreInstances})`,
      });
    }
    if (limits.allowGc !== true) problems.push(...heapProblems(plan, modules));
  }
  if (problems.length > 0) throw exceeded(problems);
  return total;
}

type TotalUse = Omit<ModuleUse, 'heapUses'>;

function useOfAll(
  { steps, lifts }: PlannedInstances,
  modules: readonly ModuleLimit[],
): { readonly total: TotalUse; readonly count: number } {
  const total = { memories: 0, memoryBytes: 0, tables: 0, tableEntries: 0, bookkeepingBytes: 0 };
  total.bookkeepingBytes = STEP_BYTES * (steps.length + lifts.length);
  let count = 0;
  for (const step of steps) {
    if (step.tag !== 'instantiate-core') continue;
    count += 1;
    if (step.module.tag === 'import') continue;
    const { use } = modules[step.module.index]!;
    total.memories += use.memories;
    total.memoryBytes += use.memoryBytes;
    total.tables += use.tables;
    total.tableEntries += use.tableEntries;
    total.bookkeepingBytes += use.bookkeepingBytes;
  }
  return { total, count };
}

function heapProblems({ steps }: PlannedInstances, modules: readonly ModuleLimit[]): LinkProblem[] {
  const instantiated = new Set(
    steps.flatMap((step) =>
      step.tag === 'instantiate-core' && step.module.tag === 'module' ? step.module.index : [],
    ),
  );
  return [...instantiated].flatMap((index) => {
    const { heapUses } = modules[index]!.use;
    if (heapUses.length === 0) return [];
    return {
      path: [`core module ${index}`],
      expected:
        'nothing that is allocated in the heap of the JavaScript engine, which `memoryBytes` cannot count',
      given: heapUses.join(', '),
      help: 'set `limits.allowGc` to true to run it anyway',
    };
  });
}
