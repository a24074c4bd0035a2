import type { ResourceNode } from '@wit-ts/component/elaborate';
import { type Mutable, type TypeDef, ownProperties } from '@wit-ts/model';
import type { CoreRef, PlanResource } from './plan.ts';

/**
 * The resource types of a plan. Each has a number, and a `TypeDef` that stands for it in every type that mentions it.
 */
export class Resources {
  readonly list: PlanResource[] = [];
  readonly #indices = new Map<ResourceNode, number>();
  readonly #define: (index: number) => void;

  /** @param define adds the step that makes a resource type at run time */
  constructor(define: (index: number) => void) {
    this.#define = define;
  }

  indexOf(node: ResourceNode): number {
    // A resource that no definition made comes out of a component of which only the type is known. Its plan does not
    // run.
    return this.#indices.get(node) ?? this.addGuest(node, 0, undefined);
  }

  /** Returns the number of the import that gives a resource. */
  importOf(node: ResourceNode): number | undefined {
    const resource = this.list[this.#indices.get(node) ?? -1];
    return resource?.tag === 'host' ? resource.import : undefined;
  }

  addGuest(node: ResourceNode, instance: number, destructor: CoreRef | undefined): number {
    const type = node.model;
    return this.#add(node, ownProperties({ tag: 'guest', type, name: 'resource', instance, destructor }));
  }

  /** Adds a resource that the host gives. @param imported the number of the import */
  addImported(node: ResourceNode, name: string, imported: number): void {
    const type: Mutable<TypeDef> = node.model;
    type.name = name;
    this.#add(node, { tag: 'host', type, name, import: imported });
  }

  /** Names a guest resource after its first export, for messages. */
  name(node: ResourceNode, name: string): void {
    const type: Mutable<TypeDef> = node.model;
    if (type.name !== undefined) return;
    type.name = name;
    const index = this.indexOf(node);
    this.list[index] = { ...this.list[index]!, name };
  }

  #add(node: ResourceNode, resource: PlanResource): number {
    const index = this.list.push(resource) - 1;
    this.#indices.set(node, index);
    this.#define(index);
    return index;
  }
}
