import { type DefinedModuleType, readModuleType } from '@wit-ts/component/binary';
import type { ModuleRef, Plan } from '../plan.ts';

/** What the core modules of a plan say of themselves, read when it is asked for. */
export class CoreModules {
  readonly #plan: Plan;
  readonly #types: (DefinedModuleType | undefined)[] = [];
  readonly #throwing = new Map<number, boolean>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** `undefined` where the host gives the module. */
  type(module: ModuleRef): DefinedModuleType | undefined {
    if (module.tag === 'import') return undefined;
    return (this.#types[module.index] ??= readModuleType(this.#plan.modules[module.index]!, 0));
  }

  /** Whether an exception could leave an instance of a component. Without a tag there is nothing to throw. */
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
