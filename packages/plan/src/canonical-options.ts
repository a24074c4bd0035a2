import type { CanonicalOptions } from '@wit-ts/abi';
import type { CanonOptions } from '@wit-ts/component';
import { memoryAddress } from '@wit-ts/component/binary';
import type { CoreRef, ModuleRef, PlanOptions } from './plan.ts';
import type { CoreSpaces } from './core-spaces.ts';

/** Resolves the indices of canonical options, and finds the address type of the memory. */
export class OptionsResolver {
  readonly #modules: readonly Uint8Array[];
  readonly #modulesOfInstances: readonly ModuleRef[];
  readonly #imported: (index: number, memory: string) => 'i32' | 'i64';
  readonly #addresses = new Map<string, 'i32' | 'i64'>();

  /**
   * Both lists are those of the plan that is being made, and may grow.
   *
   * @param imported returns the address type of a memory of a core module that the host gives
   */
  constructor(
    modules: readonly Uint8Array[],
    modulesOfInstances: readonly ModuleRef[],
    imported: (index: number, memory: string) => 'i32' | 'i64',
  ) {
    this.#modules = modules;
    this.#modulesOfInstances = modulesOfInstances;
    this.#imported = imported;
  }

  resolve(options: CanonOptions, core: CoreSpaces, offset: number): PlanOptions {
    const func = (index: number | undefined): CoreRef | undefined =>
      index === undefined ? undefined : core.at('func', index, offset);
    const memory = options.memory === undefined ? undefined : core.at('memory', options.memory, offset);
    const realloc = func(options.realloc);
    const postReturn = func(options.postReturn);
    const callback = func(options.callback);
    const canonical: CanonicalOptions = {
      stringEncoding: options.stringEncoding,
      ...(memory === undefined ? {} : { memory: this.#addressType(memory) }),
      realloc: realloc !== undefined,
      postReturn: postReturn !== undefined,
      async: options.async,
      callback: callback !== undefined,
    };
    return {
      canonical,
      ...(memory === undefined ? {} : { memory }),
      ...(realloc === undefined ? {} : { realloc }),
      ...(postReturn === undefined ? {} : { postReturn }),
      ...(callback === undefined ? {} : { callback }),
    };
  }

  /** Returns the address type of a memory, which only the module that exports it knows, or that module's type. */
  #addressType(memory: CoreRef): 'i32' | 'i64' {
    if (memory.tag !== 'export') return 'i32';
    const module = this.#modulesOfInstances[memory.instance]!;
    if (module.tag === 'import') return this.#imported(module.import, memory.name);
    const key = `${module.index} ${memory.name}`;
    let address = this.#addresses.get(key);
    if (address === undefined) {
      address = memoryAddress(this.#modules[module.index]!, memory.name);
      this.#addresses.set(key, address);
    }
    return address;
  }
}
