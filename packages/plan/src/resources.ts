import type { Mutable, TypeDef } from '@wit-ts/model';
import type { CoreRef, PlanResource } from './plan.ts';
import { isResource } from './elaborate.ts';
import type { Item } from './scope.ts';

/** The resource types of a plan: each has a number, and a `TypeDef` that stands for it wherever a type mentions it. */
export class Resources {
  readonly list: PlanResource[] = [];
  readonly #indices = new Map<TypeDef, number>();

  indexOf(type: TypeDef): number {
    return this.#indices.get(type)!;
  }

  addGuest(instance: number, destructor: CoreRef | undefined): number {
    return this.#add({
      tag: 'guest',
      type: { kind: { tag: 'resource' } },
      name: 'resource',
      instance,
      ...(destructor === undefined ? {} : { destructor }),
    });
  }

  /** One that is imported; without an import it stands for the one of a component that is not known yet. */
  addImported(name: string, imported: number | undefined): number {
    if (imported === undefined) return this.addGuest(0, undefined);
    return this.#add({ tag: 'host', type: { name, kind: { tag: 'resource' } }, name, import: imported });
  }

  /** A guest resource has no name until it is exported; the first one serves in messages. */
  name(item: Item, name: string): void {
    if (item.sort !== 'type' || item.type.tag !== 'value' || !isResource(item.type.type)) return;
    const type: Mutable<TypeDef> = item.type.type;
    if (type.name !== undefined) return;
    type.name = name;
    const index = this.indexOf(type);
    this.list[index] = { ...this.list[index]!, name };
  }

  #add(resource: PlanResource): number {
    const index = this.list.push(resource) - 1;
    this.#indices.set(resource.type, index);
    return index;
  }
}
