import { ownProperties } from '@wit-ts/model';
import type { CanonOptions } from '@wit-ts/component';
import { memoryAddress } from '@wit-ts/component/binary';
import type { CoreRef, ModuleRef, PlanOptions } from './plan.ts';
import type { CoreReferences } from './core-references.ts';

/** Resolves the indices of canonical options, and finds the address type of the memory. */
export class OptionsResolver {
  readonly #modules: readonly Uint8Array[];
  readonly #modulesOfInstances: readonly ModuleRef[];
  /** Returns the address type of a memory of a core module that the host gives, when modules can be given. */
  importedAddress?: (index: number, memory: string) => 'i32' | 'i64';
  /** By the module and the name: many aliases of one memory do not read its module many times. */
  readonly #addresses = new Map<string, 'i32' | 'i64'>();

  /** Both lists are those of the plan that is being made, and may grow. */
  constructor(modules: readonly Uint8Array[], modulesOfInstances: readonly ModuleRef[]) {
    this.#modules = modules;
    this.#modulesOfInstances = modulesOfInstances;
  }

  resolve(options: CanonOptions, core: CoreReferences, offset: number): PlanOptions {
    const { stringEncoding, memory, realloc, postReturn, async, callback } = options;
    const coreFunc = (index: number | undefined): CoreRef | undefined =>
      index === undefined ? undefined : core.at('func', index, offset);
    const memoryRef = memory === undefined ? undefined : core.at('memory', memory, offset);
    return ownProperties({
      canonical: ownProperties({
        stringEncoding,
        memory: memoryRef && this.#addressType(memoryRef),
        realloc: realloc !== undefined,
        postReturn: postReturn !== undefined,
        async,
        callback: callback !== undefined,
        maxBytes: undefined,
        maxLifted: undefined,
        mapping: undefined,
      }),
      memory: memoryRef,
      realloc: coreFunc(realloc),
      postReturn: coreFunc(postReturn),
      callback: coreFunc(callback),
    });
  }

  /** Returns the address type of a memory, which only the module that exports it knows, or that module's type. */
  #addressType(memory: CoreRef): 'i32' | 'i64' {
    if (memory.tag !== 'export') return 'i32';
    const module = this.#modulesOfInstances[memory.instance]!;
    if (module.tag === 'import') return this.importedAddress!(module.import, memory.name);
    const key = `${module.index} ${memory.name}`;
    let address = this.#addresses.get(key);
    if (address === undefined) {
      address = memoryAddress(this.#modules[module.index]!, memory.name);
      this.#addresses.set(key, address);
    }
    return address;
  }
}
