import type { FuncType } from '@wit-ts/abi';
import type { Component, Declaration, Sort } from '@wit-ts/component';
import { DecodeError } from '@wit-ts/component/binary';
import type { Type } from '@wit-ts/model';
import type { CoreRef, FuncRef, ModuleRef } from './plan.ts';

/** What stands in an index space while a component is inlined: everything is known but the values of an instance. */
export type Item =
  | { readonly sort: 'func'; readonly func: FuncRef; readonly type: FuncType }
  | { readonly sort: 'type'; readonly type: TypeItem }
  | { readonly sort: 'instance'; readonly items: InstanceItems }
  | ComponentItem
  | { readonly sort: 'core module'; readonly module: ModuleRef };

export type ComponentItem = { readonly sort: 'component' } & (
  | {
      readonly component: Component;
      /** Where it is defined; a component that the host compiled stands nowhere. */
      readonly scope: Surroundings | undefined;
      /** What the host gave, where it did. */
      readonly value?: object;
    }
  /** One of which only the type is known, until the host gives it. */
  | { readonly declared: DeclaredType }
);

/** What an outer alias finds. */
export interface Surroundings {
  /** The scope `count` steps outwards. */
  outer(count: number, offset: number): Surroundings;
  item(sort: Sort, index: number, offset: number): Item;
}

export interface DeclaredType {
  readonly declarations: readonly Declaration[];
  readonly scope: Surroundings;
}

export type InstanceItems = ReadonlyMap<string, Item>;

export type TypeItem =
  | { readonly tag: 'value'; readonly type: Type }
  | { readonly tag: 'func'; readonly type: FuncType }
  /** Component and instance types are evaluated where they are used, in the scope where they stand. */
  | ({ readonly tag: 'instance' | 'component' } & DeclaredType);

/** A core instance: one made from a module, or a bag of definitions under names. */
export type CoreInstanceItem =
  | { readonly tag: 'instance'; readonly instance: number; readonly module: ModuleRef }
  | { readonly tag: 'exports'; readonly exports: ReadonlyMap<string, CoreItem> };

export interface CoreItem {
  readonly sort: string;
  readonly ref: CoreRef;
}

const NO_NAMES: ReadonlyMap<number, string> = new Map();

/** The index spaces of a component instance, or of a component or instance type. */
export class Scope implements Surroundings {
  readonly parent: Surroundings | undefined;
  /** What messages call the instances inside, by index. */
  readonly instanceNames: ReadonlyMap<number, string>;
  /** The component instance; types belong to the one around them. */
  readonly instance: number;

  readonly types: TypeItem[] = [];
  readonly funcs: Extract<Item, { sort: 'func' }>[] = [];
  readonly instances: InstanceItems[] = [];
  readonly components: ComponentItem[] = [];
  readonly coreModules: ModuleRef[] = [];
  readonly coreInstances: CoreInstanceItem[] = [];
  readonly core: Record<'func' | 'table' | 'memory' | 'global' | 'tag', CoreRef[]> = {
    func: [],
    table: [],
    memory: [],
    global: [],
    tag: [],
  };

  constructor(parent: Surroundings | undefined, instance: number, instanceNames = NO_NAMES) {
    this.parent = parent;
    this.instanceNames = instanceNames;
    this.instance = instance;
  }

  outer(count: number, offset: number): Surroundings {
    if (count === 0) return this;
    if (this.parent === undefined)
      throw new DecodeError('an outer alias reaches past the outermost component', offset);
    return this.parent.outer(count - 1, offset);
  }

  push(item: Item): void {
    switch (item.sort) {
      case 'func':
        this.funcs.push(item);
        return;
      case 'type':
        this.types.push(item.type);
        return;
      case 'instance':
        this.instances.push(item.items);
        return;
      case 'component':
        this.components.push(item);
        return;
      case 'core module':
        this.coreModules.push(item.module);
    }
  }

  item(sort: Sort, index: number, offset: number): Item {
    switch (sort) {
      case 'func':
        return at(this.funcs, index, 'function', offset);
      case 'type':
        return { sort, type: at(this.types, index, 'type', offset) };
      case 'instance':
        return { sort, items: at(this.instances, index, 'instance', offset) };
      case 'component':
        return at(this.components, index, 'component', offset);
      case 'core module':
        return { sort, module: at(this.coreModules, index, 'core module', offset) };
      default:
        throw new DecodeError(`a ${sort} cannot be passed between components`, offset);
    }
  }
}

/** An entry of an index space, or a `DecodeError` that says which index of what is out of range. */
export function at<T>(space: readonly T[], index: number, what: string, offset: number): T {
  const found = space[index];
  if (found === undefined) {
    throw new DecodeError(
      `${what} index ${index} is out of range: ${space.length} are defined so far`,
      offset,
    );
  }
  return found;
}
