import { type DefinedModuleType, readModuleType } from '@wit-ts/component/binary';
import type { ModuleRef, Plan } from '../plan.ts';

/** The types of a plan's core modules, read on demand. */
export class CoreModules {
  readonly #plan: Plan;
  readonly #types: (DefinedModuleType | undefined)[] = [];
  readonly #throwing = new Map<number, boolean>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Returns the type of a module, or `undefined` when the host gives the module. */
  type(module: ModuleRef): DefinedModuleType | undefined {
    if (module.tag === 'import') return undefined;
    return (this.#types[module.index] ??= readModuleType(this.#plan.modules[module.index]!, 0));
  }

  /** Returns whether an exception could leave a component instance. Modules without tags cannot throw. */
  mayThrow(instance: number): boolean {
    let throws = this.#throwing.get(instance);
    if (throws === undefined) {
      throws = this.#plan.steps.some(
        (step) =>
          step.tag === 'instantiate-core' &&
          step.instance === instance &&
          this.type(step.module)?.hasTags !== false,
      );
      this.#throwing.set(instance, throws);
    }
    return throws;
  }
}
