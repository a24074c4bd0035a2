import { DecodeError, NOT_LOADED } from '@wit-ts/component/binary';
import { type Entity, type InstanceNode, peel } from '@wit-ts/component/elaborate';
import type { PlanImport } from './plan.ts';
import type { Resources } from './resources.ts';

/**
 * What the host must give for the imports of the root component, as their types describe it: functions and resources.
 * `HigherOrderImports` lists components and core modules too, and is loaded on demand.
 */
export class HostImports {
  readonly list: PlanImport[] = [];
  readonly #resources: Resources;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  /**
   * Lists what an imported entity needs from the host. Returns the entity that the component gets.
   *
   * @param path the import's name, and within an imported instance the names that lead to the entity
   */
  import(path: readonly string[], entity: Entity, offset: number): Entity {
    switch (entity.tag) {
      case 'func':
        entity.ref = { tag: 'import', import: this.add(path, { tag: 'func', type: entity.func.model }) };
        return entity;
      case 'type': {
        const target = peel(entity.type);
        if (target.tag !== 'resource') return entity;
        const of = this.#resources.importOf(target);
        if (of !== undefined) this.add(path, { tag: 'resource-alias', of });
        if (entity.type.tag !== 'resource') return entity;
        const index = this.add(path, { tag: 'resource', resource: this.#resources.list.length });
        this.#resources.addImported(entity.type, path.at(-1)!, index);
        return entity;
      }
      case 'instance': {
        const before = this.list.length;
        const instance = this.instance(path, entity.instance, offset);
        if (this.list.length === before) this.add(path, { tag: 'instance' });
        return instance === entity.instance ? entity : { tag: 'instance', instance };
      }
      default:
        throw new DecodeError(NOT_LOADED, offset);
    }
  }

  /** Lists what the exports of an imported instance need. Returns the instance that the component gets. */
  protected instance(path: readonly string[], instance: InstanceNode, offset: number): InstanceNode {
    for (const [name, { entity }] of instance.exports) {
      if (entity !== undefined) this.import([...path, name], entity, offset);
    }
    return instance;
  }

  protected add(path: readonly string[], item: PlanImport['item']): number {
    return this.list.push({ path, item }) - 1;
  }
}
