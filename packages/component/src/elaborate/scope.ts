import type { Sort } from '../ast.ts';
import type {
  CoreTypeNode,
  ComponentNode,
  Entity,
  Exported,
  FuncNode,
  InstanceNode,
  ModuleNode,
  TypeNode,
  ValueNode,
} from './nodes.ts';

/**
 * The index spaces of a component, a component type or an instance type while it is evaluated. A hole (`undefined`) is
 * a definition that could not be made out; its reason has been reported, so uses of it are passed over in silence.
 */
export class Scope {
  readonly kind: 'component' | 'component type' | 'instance type';
  readonly parent: View | undefined;
  readonly types: (TypeNode | undefined)[] = [];
  readonly funcs: (FuncNode | undefined)[] = [];
  readonly values: (ValueNode | undefined)[] = [];
  readonly instances: (InstanceNode | undefined)[] = [];
  readonly components: (ComponentNode | undefined)[] = [];
  readonly modules: (ModuleNode | undefined)[] = [];
  readonly coreTypes: (CoreTypeNode | undefined)[] = [];
  readonly imports = new Map<string, Exported>();
  readonly exports = new Map<string, Exported>();

  constructor(kind: Scope['kind'], parent: View | undefined) {
    this.kind = kind;
    this.parent = parent;
  }

  /** Appends a definition to the index space of its sort. */
  push(sort: Sort, entity: Entity | undefined): void {
    switch (sort) {
      case 'core module':
        this.modules.push(entity?.tag === sort ? entity.module : undefined);
        return;
      case 'func':
        this.funcs.push(entity?.tag === sort ? entity.func : undefined);
        return;
      case 'value':
        this.values.push(entity?.tag === sort ? entity.type : undefined);
        return;
      case 'type':
        this.types.push(entity?.tag === sort ? entity.type : undefined);
        return;
      case 'component':
        this.components.push(entity?.tag === sort ? entity.component : undefined);
        return;
      case 'instance':
        this.instances.push(entity?.tag === sort ? entity.instance : undefined);
        return;
      default:
    }
  }

  /** How many definitions of a sort there are; `undefined` for core sorts that only core instances have. */
  count(sort: Sort): number | undefined {
    return this.#space(sort)?.length;
  }

  entity(sort: Sort, index: number): Entity | undefined {
    switch (sort) {
      case 'core module':
        return wrap(this.modules[index], (module) => ({ tag: sort, module }));
      case 'func':
        return wrap(this.funcs[index], (func) => ({ tag: sort, func }));
      case 'value':
        return wrap(this.values[index], (type) => ({ tag: sort, type }));
      case 'type':
        return wrap(this.types[index], (type) => ({ tag: sort, type }));
      case 'component':
        return wrap(this.components[index], (component) => ({ tag: sort, component }));
      case 'instance':
        return wrap(this.instances[index], (instance) => ({ tag: sort, instance }));
      default:
        return undefined;
    }
  }

  /** What an alias sees `count` scopes outwards. */
  outer(count: number): View | undefined {
    return count === 0 ? new View(this) : this.parent?.outer(count - 1);
  }

  #space(sort: Sort): readonly unknown[] | undefined {
    switch (sort) {
      case 'core module':
        return this.modules;
      case 'core type':
        return this.coreTypes;
      case 'func':
        return this.funcs;
      case 'value':
        return this.values;
      case 'type':
        return this.types;
      case 'component':
        return this.components;
      case 'instance':
        return this.instances;
      default:
        return undefined;
    }
  }
}

/**
 * What stood in a scope at one moment. A component or a type is evaluated again for each instance of it, when its
 * surroundings have grown; it must still see only what preceded it, or it could contain itself.
 */
export class View {
  readonly scope: Scope;
  readonly types: number;
  readonly coreTypes: number;
  readonly modules: number;
  readonly components: number;

  constructor(scope: Scope) {
    this.scope = scope;
    this.types = scope.types.length;
    this.coreTypes = scope.coreTypes.length;
    this.modules = scope.modules.length;
    this.components = scope.components.length;
  }

  outer(count: number): View | undefined {
    return count === 0 ? this : this.scope.parent?.outer(count - 1);
  }
}

function wrap<T>(value: T | undefined, make: (value: T) => Entity): Entity | undefined {
  return value === undefined ? undefined : make(value);
}
