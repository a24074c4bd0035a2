import type { Sort } from '@wit-ts/component';
import { DecodeError } from '@wit-ts/component/binary';
import {
  type ComponentNode,
  type CoreTypeNode,
  type EnclosingSpaces,
  type Entity,
  type ModuleNode,
  peel,
  type SpacesKind,
  type EvaluatedType,
} from '@wit-ts/component/elaborate';
import type { Modules } from '../adopted.ts';
import { importedModules } from '../module-refs.ts';
import type { KnownModule, ModuleRef } from '../plan.ts';

/** Returns the bytes of a core module, or its compiled form if the bytes are not available. */
export type ModuleOf = (ref: ModuleRef) => Uint8Array | KnownModule;

/** The index spaces around a component, and the core modules of the plan in which the component was found. */
export interface Origin {
  readonly enclosing: EnclosingSpaces;
  readonly moduleOf: ModuleOf;
}

/**
 * The index spaces around a component from another plan, with core modules in the numbers of the plan that it joins.
 */
export class ForeignSpaces implements EnclosingSpaces {
  readonly kind: SpacesKind;
  readonly #origin: Origin;
  readonly #modules: Modules;

  constructor(origin: Origin, modules: Modules) {
    // What the other plan itself took from a third plan is taken from there.
    const { enclosing } = origin;
    this.#origin = enclosing instanceof ForeignSpaces ? enclosing.#origin : origin;
    this.#modules = modules;
    this.kind = enclosing.kind;
  }

  outer(count: number): EnclosingSpaces | undefined {
    return count === 0 ? this : this.#around(this.#origin.enclosing.outer(count));
  }

  count(sort: Sort): number | undefined {
    return this.#origin.enclosing.count(sort);
  }

  coreType(index: number): CoreTypeNode | undefined {
    return this.#origin.enclosing.coreType(index);
  }

  entity(sort: Sort, index: number, offset: number): Entity | undefined {
    const entity = this.#origin.enclosing.entity(sort, index, offset);
    switch (entity?.tag) {
      case 'core module':
        return { tag: entity.tag, module: this.#module(entity.module) };
      case 'component':
        return { tag: entity.tag, component: this.#component(entity.component) };
      case 'type':
        return { tag: entity.tag, type: this.#type(entity.type, offset) };
      default:
        return undefined;
    }
  }

  #module(node: ModuleNode): ModuleNode {
    const ref = importedModules.get(node);
    if (ref === undefined || node.tag === 'body') return node;
    const given = this.#origin.moduleOf(ref);
    if (given instanceof Uint8Array) return { tag: 'body', bytes: given, offset: 0 };
    const own: ModuleNode = { ...node };
    importedModules.set(own, this.#modules.known(given));
    return own;
  }

  #component(node: ComponentNode): ComponentNode {
    return node.tag === 'body'
      ? { ...node, enclosing: this.#around(node.enclosing) }
      : { ...node, enclosing: this.#around(node.enclosing) };
  }

  /** Resources belong to an instance, and the component may be instantiated without it. */
  #type(node: EvaluatedType, offset: number): EvaluatedType {
    const target = peel(node);
    if (target.tag === 'instance' || target.tag === 'component') {
      return { ...target, enclosing: this.#around(target.enclosing) };
    }
    refuseResources(target, offset);
    return node;
  }

  #around(enclosing: EnclosingSpaces): EnclosingSpaces;
  #around(enclosing: EnclosingSpaces | undefined): EnclosingSpaces | undefined;
  #around(enclosing: EnclosingSpaces | undefined): EnclosingSpaces | undefined {
    return enclosing && new ForeignSpaces({ ...this.#origin, enclosing }, this.#modules);
  }
}

function refuseResources(type: EvaluatedType, offset: number): void {
  const seen = new Set<EvaluatedType>();
  const pending = [type];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = peel(next);
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.tag === 'resource' || (node.tag === 'defined' && node.resource !== undefined)) {
      throw new DecodeError('an outer alias refers to a type with resources of another component', offset);
    }
    const parts =
      node.tag === 'func'
        ? [...node.params.map((param) => param.type), ...(node.result === undefined ? [] : [node.result])]
        : node.tag === 'defined'
          ? node.children
          : [];
    for (const part of parts) if (typeof part !== 'string') pending.push(part);
  }
}
