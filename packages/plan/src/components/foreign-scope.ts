import type { Sort } from '@wit-ts/component';
import { DecodeError } from '@wit-ts/component/binary';
import { partsOf, type Type, type TypeDef } from '@wit-ts/model';
import type { Modules } from '../host-imports.ts';
import type { KnownModule, ModuleRef } from '../plan.ts';
import type { Item, Surroundings, TypeItem } from '../scope.ts';

/** The bytes of a core module, or where those are not at hand its compiled form. */
export type ModuleOf = (ref: ModuleRef) => Uint8Array | KnownModule;

/** Where a component stands, and the core modules of the plan in which it was found. */
export interface Origin {
  readonly scope: Surroundings;
  readonly moduleOf: ModuleOf;
}

/** What a component from another plan sees around it, in the numbers of the plan that it becomes a part of. */
export class ForeignScope implements Surroundings {
  readonly #origin: Origin;
  readonly #modules: Modules;

  constructor(origin: Origin, modules: Modules) {
    // What came from a third plan is brought from there.
    const { scope } = origin;
    this.#origin = scope instanceof ForeignScope ? scope.#origin : origin;
    this.#modules = modules;
  }

  outer(count: number, offset: number): Surroundings {
    return count === 0 ? this : this.#around(this.#origin.scope.outer(count, offset));
  }

  item(sort: Sort, index: number, offset: number): Item {
    const item = this.#origin.scope.item(sort, index, offset);
    switch (item.sort) {
      case 'core module': {
        const module = this.#origin.moduleOf(item.module);
        const { known, module: own } = this.#modules;
        return { sort: item.sort, module: module instanceof Uint8Array ? own(module) : known(module) };
      }
      case 'component':
        if ('declared' in item || item.scope === undefined) return item;
        return { ...item, scope: this.#around(item.scope) };
      case 'type':
        return { sort: item.sort, type: this.#type(item.type, offset) };
      default:
        throw new DecodeError(`a ${sort} cannot be aliased from around a component`, offset);
    }
  }

  #around(scope: Surroundings): Surroundings {
    return new ForeignScope({ ...this.#origin, scope }, this.#modules);
  }

  /** Resources belong to an instance, and the component may be instantiated without it. */
  #type(item: TypeItem, offset: number): TypeItem {
    switch (item.tag) {
      case 'instance':
      case 'component':
        return { ...item, scope: this.#around(item.scope) };
      case 'func': {
        const { params, result } = item.type;
        refuseResources([...params.map(({ type }) => type), result], offset);
        return item;
      }
      case 'value':
        refuseResources([item.type], offset);
        return item;
    }
  }
}

function refuseResources(types: readonly (Type | undefined)[], offset: number): void {
  const seen = new Set<TypeDef>();
  const pending = [...types];
  while (pending.length > 0) {
    const type = pending.pop();
    if (type === undefined || typeof type === 'string' || seen.has(type)) continue;
    if (type.kind.tag === 'resource') {
      throw new DecodeError('an outer alias refers to a type with resources of another component', offset);
    }
    seen.add(type);
    pending.push(...partsOf(type.kind));
  }
}
