import type { Alias, Component, CoreInstance, CoreSort } from '@wit-ts/component';
import type { IndexSpaces } from '@wit-ts/component/elaborate';
import { InstanceNames } from './debug-names.ts';
import type { CoreArg, CoreRef } from './plan.ts';
import type { PlanFault } from './plan-faults.ts';

type ValueSort = 'func' | 'table' | 'memory' | 'global' | 'tag';
type CoreExports = Extract<CoreArg['value'], { tag: 'exports' }>['exports'];

type Group = Extract<CoreInstance, { tag: 'exports' }>;

/** A core instance: one that is made from a module, or a group of definitions under names. */
type CoreInstanceItem =
  | { readonly tag: 'instance'; readonly instance: number }
  | {
      readonly tag: 'exports';
      readonly exports: CoreExports;
      /** The definition, which has the sorts, in the order of `exports`. */
      readonly definition: Group;
      /** The number of each export in the list; made when an alias looks one up. */
      byName: ReadonlyMap<string, number> | undefined;
    };

/** By component: its instances share the names, which may be a larger part of the bytes than its definitions. */
const instanceNames = new WeakMap<Component, InstanceNames>();

/**
 * The core index spaces of one component instance. They hold references into the plan and no types: reading the types
 * of core modules takes longer than planning, and validation has compared them.
 */
export class CoreReferences {
  /** The index spaces of the same component instance that hold everything else. */
  readonly spaces: IndexSpaces;
  /** The number of the component instance in the plan. */
  readonly instance: number;
  readonly #component: Component;
  readonly #fault: PlanFault;
  readonly #instances: CoreInstanceItem[] = [];
  readonly #values: Record<ValueSort, CoreRef[] | undefined> = {
    func: undefined,
    table: undefined,
    memory: undefined,
    global: undefined,
    tag: undefined,
  };

  constructor(spaces: IndexSpaces, instance: number, component: Component, fault: PlanFault) {
    this.spaces = spaces;
    this.instance = instance;
    this.#component = component;
    this.#fault = fault;
  }

  /** Returns what messages call the instance inside with an index. */
  instanceName(index: number): string {
    let names = instanceNames.get(this.#component);
    if (names === undefined) instanceNames.set(this.#component, (names = new InstanceNames(this.#component)));
    return names.get(index) ?? `instance ${index}`;
  }

  defineFunc(ref: CoreRef): void {
    (this.#values.func ??= []).push(ref);
  }

  /** Defines the core instance that a step makes in the slot `instance`. */
  defineInstance(instance: number): void {
    this.#instances.push({ tag: 'instance', instance });
  }

  /** Defines a core instance that groups definitions under names. */
  defineGroup(definition: Group, offset: number): void {
    const exports = definition.exports.map(({ name, sort, index }) => ({
      name,
      value: this.at(sort, index, offset),
    }));
    this.#instances.push({ tag: 'exports', exports, definition, byName: undefined });
  }

  /** Defines what an alias of a core instance's export names. */
  alias({ name, sort, instance }: Extract<Alias, { tag: 'core-export' }>, offset: number): void {
    const from = this.#instanceAt(instance, offset);
    const space = this.#space(sort, offset);
    if (from.tag === 'instance') {
      space.push({ tag: 'export', instance: from.instance, name });
      return;
    }
    from.byName ??= new Map(from.exports.map((each, index) => [each.name, index]));
    const found = from.byName.get(name) ?? -1;
    if (from.definition.exports[found]?.sort !== sort) {
      throw this.#fault('no-core-export', offset, name, instance, sort);
    }
    space.push(from.exports[found]!.value);
  }

  /** Returns the definition at an index. @throws DecodeError when there is none */
  at(sort: CoreSort, index: number, offset: number): CoreRef {
    return this.#at(this.#space(sort, offset), `core ${sort}`, index, offset);
  }

  /** Returns a core instance as the argument of an instantiation. */
  argument(index: number, offset: number): CoreArg['value'] {
    const item = this.#instanceAt(index, offset);
    return item.tag === 'instance' ? item : { tag: 'exports', exports: item.exports };
  }

  #instanceAt(index: number, offset: number): CoreInstanceItem {
    return this.#at(this.#instances, 'core instance', index, offset);
  }

  #space(sort: CoreSort, offset: number): CoreRef[] {
    if (sort === 'type' || sort === 'module' || sort === 'instance') {
      throw this.#fault('wrong-core-sort', offset, sort);
    }
    return (this.#values[sort] ??= []);
  }

  #at<T>(space: readonly T[], what: string, index: number, offset: number): T {
    const found = space[index];
    if (found === undefined) throw this.#fault('index-out-of-bounds', offset, what, index, space.length);
    return found;
  }
}
