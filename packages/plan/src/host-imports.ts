import type { ExternType } from '@wit-ts/component';
import { DecodeError } from '@wit-ts/component/binary';
import type { TypeDef } from '@wit-ts/model';
import { alias } from './alias.ts';
import { elaborate, funcType, partCount } from './elaborate.ts';
import type { KnownModule, ModuleRef, PlanImport } from './plan.ts';
import type { Resources } from './resources.ts';
import {
  at,
  type ComponentItem,
  type DeclaredType,
  type InstanceItems,
  type Item,
  Scope,
  type Surroundings,
} from './scope.ts';

/** Instances within instances; each level costs stack here. */
const MAX_DEPTH = 100;

/** What a component brings from elsewhere into a plan. */
export interface Adopted {
  /** Where the root is defined. */
  readonly scope: Surroundings | undefined;
  /** The component for an import. */
  component(path: readonly string[]): ComponentItem | undefined;
  /** How a memory is addressed that an imported core module exports; by i32 where nothing is said. */
  addressType?(imported: PlanImport, memory: string): 'i32' | 'i64';
}

/** Numbers the core modules of components from elsewhere. */
export interface Modules {
  module(bytes: Uint8Array): ModuleRef;
  /** One of which only the compiled form is at hand. */
  known(value: KnownModule): ModuleRef;
}

export type Adopt = (modules: Modules) => Adopted;

/** The names that lead to an import; `undefined` for what an unknown component exports. */
type Path = readonly string[] | undefined;

/** What an unknown component is given for an import of its type. */
export type Arguments = (name: string, type: ExternType, scope: Scope, offset: number) => Item;

/** What the host gives for the imports of the root, as their types describe it. */
export class HostImports {
  readonly list: PlanImport[] = [];
  adopted: Adopted | undefined;
  /** Whether components are among the imports. */
  withComponents = false;
  /** Whether components or core modules are. */
  higherOrder = false;
  readonly #resources: Resources;
  readonly #define: (resource: number) => TypeDef;
  readonly #count: (parts: number, offset: number) => void;

  /**
   * @param define makes the step that makes a resource type
   * @param count counts definitions, and throws where there are too many
   */
  constructor(
    resources: Resources,
    define: (resource: number) => TypeDef,
    count: (parts: number, offset: number) => void,
  ) {
    this.#resources = resources;
    this.#define = define;
    this.#count = count;
  }

  known(value: KnownModule): ModuleRef {
    return { tag: 'import', import: this.#add([], { tag: 'known', value })! };
  }

  addressType(index: number, memory: string): 'i32' | 'i64' {
    return this.adopted?.addressType?.(this.list[index]!, memory) ?? 'i32';
  }

  item(path: Path, type: ExternType, scope: Scope, offset: number, depth = 1): Item {
    switch (type.tag) {
      case 'func': {
        const func = funcType(type.type, scope, offset);
        const index = this.#add(path, { tag: 'func', type: func });
        return { sort: 'func', func: { tag: 'import', import: index ?? -1 }, type: func };
      }
      case 'type': {
        if (type.bound.tag === 'eq')
          return { sort: 'type', type: at(scope.types, type.bound.type, 'type', offset) };
        const imported = this.#add(path, { tag: 'resource', resource: this.#resources.list.length });
        const resource = this.#resources.addImported(path?.at(-1) ?? 'resource', imported);
        return { sort: 'type', type: { tag: 'value', type: this.#define(resource) } };
      }
      case 'instance': {
        const declared = declaredType(type.type, 'instance', scope, offset);
        return { sort: 'instance', items: this.instance(path, declared, undefined, depth) };
      }
      case 'core-module': {
        this.higherOrder = true;
        const index = this.#add(path, { tag: 'module' });
        return { sort: 'core module', module: { tag: 'import', import: index ?? -1 } };
      }
      case 'component': {
        const declared = declaredType(type.type, 'component', scope, offset);
        this.higherOrder = true;
        this.withComponents = true;
        this.#add(path, { tag: 'component', declared });
        return (path && this.adopted?.component(path)) ?? { sort: 'component', declared };
      }
      case 'value':
        throw new DecodeError(
          `import ${path?.join('/')}: values are not part of the shipped specification`,
          offset,
        );
    }
  }

  /** The exports of an instance, as far as its type or that of its component tells. @param args what the component is given */
  instance(path: Path, declared: DeclaredType, args: Arguments | undefined, depth = 1): InstanceItems {
    const { declarations } = declared;
    if (depth > MAX_DEPTH) {
      throw new DecodeError(
        `imported instances are nested more than ${MAX_DEPTH} deep`,
        declarations[0]?.offset ?? 0,
      );
    }
    const scope = new Scope(declared.scope, 0);
    const items = new Map<string, Item>();
    for (const declaration of declarations) {
      const { offset } = declaration;
      this.#count(1 + (declaration.tag === 'type' ? partCount(declaration.type) : 0), offset);
      switch (declaration.tag) {
        case 'type':
          scope.types.push(elaborate(declaration.type, scope, offset));
          break;
        case 'alias':
          alias(declaration.alias, scope, offset);
          break;
        case 'export': {
          const { name } = declaration.name;
          const item = this.item(path && [...path, name], declaration.type, scope, offset, depth + 1);
          items.set(name, item);
          scope.push(item);
          break;
        }
        case 'core-type':
          break;
        case 'import':
          if (args === undefined) throw new DecodeError('the type of an instance declares an import', offset);
          scope.push(args(declaration.name.name, declaration.type, scope, offset));
      }
    }
    return items;
  }

  #add(path: Path, item: PlanImport['item']): number | undefined {
    return path && this.list.push({ path, item }) - 1;
  }
}

function declaredType(
  index: number,
  tag: 'instance' | 'component',
  scope: Scope,
  offset: number,
): DeclaredType {
  const item = at(scope.types, index, 'type', offset);
  if (item.tag !== tag)
    throw new DecodeError(
      `type ${index} is not the type of ${tag === 'instance' ? 'an' : 'a'} ${tag}`,
      offset,
    );
  return item;
}
