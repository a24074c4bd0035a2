import type { Plan } from '@wit-ts/plan';
import { checked } from './check-limits.ts';
import { Fuel } from './fuel.ts';
import { InstanceBudget, type ModuleLimit } from './instance-budget.ts';
import { formFor, merged, withDefaults } from './limited-instances.ts';
import { rewritten } from './rewritten-module.ts';
import type { Limits } from './limits.ts';

/** The limits of a core module: those of a component that concern core modules. */
export type CoreModuleLimits = Pick<
  Limits,
  'memoryBytes' | 'tableEntries' | 'memories' | 'tables' | 'allowGc' | 'fuel'
>;

/** A core module whose instances hold to limits. It can be instantiated any number of times. */
export class LimitedCoreModule {
  readonly module: WebAssembly.Module;
  readonly #limits: CoreModuleLimits;
  /** Absent when nothing limits memories and tables. */
  readonly #limit: ModuleLimit | undefined;

  /** Made by `compileCoreModule`. */
  constructor(module: WebAssembly.Module, limits: CoreModuleLimits, limit: ModuleLimit | undefined) {
    this.module = module;
    this.#limits = limits;
    this.#limit = limit;
  }

  /**
   * Instantiates the module, runs its start function, and returns its exports. Memories and tables of the host that it
   * imports count nothing until the module grows them.
   *
   * @param fuel of this instance; by default that of `compileCoreModule`
   * @throws LinkError when the module exceeds its limits from the start
   * @throws TypeError when there is fuel, and the module was compiled without
   * @throws whatever the platform or the start function throws; `reasonOf` explains it
   */
  async instantiate(
    imports: WebAssembly.Imports = {},
    fuel = this.#limits.fuel,
  ): Promise<WebAssembly.Exports> {
    if (fuel !== undefined && this.#limits.fuel === undefined)
      throw new TypeError('fuel: the core module was compiled without; give `fuel` to `compileCoreModule`');
    const budget = new InstanceBudget(
      ONE_INSTANCE,
      this.#limit && [this.#limit],
      withDefaults(merged(this.#limits)),
      typeof fuel === 'number' ? new Fuel(fuel) : fuel,
    );
    const all = Object.assign(Object.create(null) as WebAssembly.Imports, imports);
    const prepare = budget.preparing(ONLY_MODULE, all);
    const { exports } = await WebAssembly.instantiate(this.module, all);
    return prepare?.(exports) ?? exports;
  }
}

const ONLY_MODULE = { tag: 'module', index: 0 } as const;

/** A plan that instantiates one core module. */
const ONE_INSTANCE: Pick<Plan, 'steps' | 'lifts' | 'instances'> = {
  steps: [{ tag: 'instantiate-core', module: ONLY_MODULE, args: [], instance: 0, into: 0 }],
  lifts: [],
  instances: [],
};

/**
 * Compiles a core module for limits: it asks before it grows a memory or table, and counts its work if there is fuel.
 *
 * @throws DecodeError when the bytes cannot be read, or have operators that are not known
 * @throws TypeError when a limit is not one
 * @throws WebAssembly.CompileError when the core module is invalid
 */
export async function compileCoreModule(
  bytes: Uint8Array,
  limits: CoreModuleLimits = {},
): Promise<LimitedCoreModule> {
  const own = merged(checked(limits));
  const { bytes: written, use, isLimited } = rewritten(bytes, formFor(own));
  const module = await WebAssembly.compile(written as BufferSource);
  return new LimitedCoreModule(module, own, use && { use, isRewritten: isLimited });
}
