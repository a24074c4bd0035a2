import type { Component } from '@wit-ts/component';
import {
  type ComponentBodyNode,
  type EnclosingSpaces,
  type Entity,
  type Exported,
  type InstanceNode,
  peel,
} from '@wit-ts/component/elaborate';
import { importedModules } from './module-refs.ts';
import type { KnownModule, ModuleRef, PlanImport } from './plan.ts';
import type { PlanFault } from './plan-faults.ts';
import type { Resources } from './resources.ts';

/** The parts of a plan that come from outside of the component. */
export interface Adopted {
  /** The index spaces around the root component, when it was defined inside another component. */
  readonly enclosing: EnclosingSpaces | undefined;
  /** Returns the component that is given for an import, if it is known. */
  component(path: readonly string[]): AdoptedComponent | undefined;
  /** Returns the address type of a memory that an imported core module exports; i32 by default. */
  addressType?(imported: PlanImport, memory: string): 'i32' | 'i64';
}

export interface AdoptedComponent {
  readonly component: Component;
  /** The index spaces around its definition; absent for one that stands alone. */
  readonly enclosing: EnclosingSpaces | undefined;
  /** The host's object for it. */
  readonly value?: object;
}

/** Numbers the compiled core modules of components that come from outside. */
export interface Modules {
  known(value: KnownModule): Extract<ModuleRef, { tag: 'import' }>;
}

export type Adopt = (modules: Modules) => Adopted;

/** What the host must give for the imports of the root component, as their types describe it. */
export class HostImports {
  readonly list: PlanImport[] = [];
  adopted: Adopted | undefined;
  /** Whether components are imported. */
  withComponents = false;
  /** Whether components or core modules are imported. */
  higherOrder = false;
  readonly #resources: Resources;
  readonly #fault: PlanFault;

  constructor(resources: Resources, fault: PlanFault) {
    this.#resources = resources;
    this.#fault = fault;
  }

  known(value: KnownModule): Extract<ModuleRef, { tag: 'import' }> {
    return { tag: 'import', import: this.#add([], { tag: 'known', value }) };
  }

  addressType(index: number, memory: string): 'i32' | 'i64' {
    return this.adopted?.addressType?.(this.list[index]!, memory) ?? 'i32';
  }

  /**
   * Lists what an imported entity needs from the host. Returns the entity that the component gets: the same, or one
   * with known components in the place of component types.
   *
   * @param path the import's name, and within an imported instance the names that lead to the entity
   */
  import(path: readonly string[], entity: Entity, offset: number): Entity {
    switch (entity.tag) {
      case 'func': {
        const index = this.#add(path, { tag: 'func', type: entity.func.model });
        entity.ref = { tag: 'import', import: index };
        return entity;
      }
      case 'type': {
        const target = peel(entity.type);
        if (target.tag !== 'resource') return entity;
        const of = this.#resources.importOf(target);
        if (of !== undefined) this.#add(path, { tag: 'resource-alias', of });
        if (entity.type.tag !== 'resource') return entity;
        const index = this.#add(path, { tag: 'resource', resource: this.#resources.list.length });
        this.#resources.addImported(entity.type, path.at(-1)!, index);
        return entity;
      }
      case 'instance': {
        const before = this.list.length;
        const instance = this.#instance(path, entity.instance, offset);
        if (this.list.length === before) this.#add(path, { tag: 'instance' });
        return instance === entity.instance ? entity : { tag: 'instance', instance };
      }
      case 'core module': {
        this.higherOrder = true;
        const index = this.#add(path, { tag: 'module' });
        importedModules.set(entity.module, { tag: 'import', import: index });
        return entity;
      }
      case 'component': {
        this.higherOrder = true;
        this.withComponents = true;
        if (entity.component.tag === 'component')
          this.#add(path, { tag: 'component', declared: entity.component });
        const given = this.adopted?.component(path);
        return given === undefined ? entity : { tag: 'component', component: bodyNode(given) };
      }
      case 'value':
        throw this.#fault('value-import', offset, path.join('/'));
    }
  }

  #instance(path: readonly string[], instance: InstanceNode, offset: number): InstanceNode {
    let exports: Map<string, Exported> | undefined;
    for (const [name, { name: attributes, entity }] of instance.exports) {
      const imported = entity && this.import([...path, name], entity, offset);
      if (imported === entity) continue;
      exports ??= new Map(instance.exports);
      exports.set(name, { name: attributes, entity: imported });
    }
    return exports === undefined ? instance : { ...instance, exports };
  }

  #add(path: readonly string[], item: PlanImport['item']): number {
    return this.list.push({ path, item }) - 1;
  }
}

function bodyNode({ component, enclosing, value }: AdoptedComponent): ComponentBodyNode {
  return { tag: 'body', component, enclosing, ...(value === undefined ? {} : { value }) };
}
