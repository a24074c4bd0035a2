import type { Sort } from '../ast.ts';
import type { CoreTypeNode, Entity, Exported } from './nodes.ts';

export type SpacesKind = 'component' | 'component type' | 'instance type';

/** The index spaces around a component, a component type or an instance type, as the definitions inside it see them. */
export interface EnclosingSpaces {
  readonly kind: SpacesKind;
  /** Returns the index spaces that are `count` scopes further out, or `undefined` beyond the outermost component. */
  outer(count: number): EnclosingSpaces | undefined;
  /** Returns how many definitions of a sort are visible, or `undefined` for a sort that outer aliases cannot name. */
  count(sort: Sort): number | undefined;
  /** Returns a visible definition. Core types are not entities: `coreType` returns them. */
  entity(sort: Sort, index: number, offset: number): Entity | undefined;
  coreType(index: number): CoreTypeNode | undefined;
}

type EntitySort = Entity['tag'];
type EntityOf<S extends EntitySort> = Extract<Entity, { readonly tag: S }>;
type Spaces = Readonly<Record<EntitySort, (Entity | undefined)[]>>;

/**
 * The index spaces of a component, a component type or an instance type while it is evaluated. A hole (`undefined`)
 * is a definition that is faulty. The fault has been reported, so uses of the definition are not reported again.
 */
export class IndexSpaces {
  readonly kind: SpacesKind;
  readonly parent: EnclosingSpaces | undefined;
  readonly #spaces: Spaces = {
    'core module': [],
    func: [],
    value: [],
    type: [],
    component: [],
    instance: [],
  };
  readonly coreTypes: (CoreTypeNode | undefined)[] = [];
  #imports: Map<string, Exported> | undefined;
  readonly exports = new Map<string, Exported>();

  constructor(kind: SpacesKind, parent: EnclosingSpaces | undefined) {
    this.kind = kind;
    this.parent = parent;
  }

  /**
   * The imports by name, unless they are given. Only components and their types have them, so the map is made when it
   * is first used.
   */
  get imports(): Map<string, Exported> {
    return (this.#imports ??= new Map());
  }

  /** Appends a definition to the index space of its sort. An entity of another sort leaves a hole. */
  push(sort: Sort, entity: Entity | undefined): void {
    this.#space(sort)?.push(entity?.tag === sort ? entity : undefined);
  }

  /** Returns how many definitions of a sort there are, or `undefined` for core sorts other than modules and types. */
  count(sort: EntitySort): number;
  count(sort: Sort): number | undefined;
  count(sort: Sort): number | undefined {
    return sort === 'core type' ? this.coreTypes.length : this.#space(sort)?.length;
  }

  /** Returns a definition that is not faulty. */
  entity<S extends EntitySort>(sort: S, index: number): EntityOf<S> | undefined;
  entity(sort: Sort, index: number): Entity | undefined;
  entity(sort: Sort, index: number): Entity | undefined {
    return this.#space(sort)?.[index];
  }

  /** Returns the latest definition of a sort. */
  last<S extends EntitySort>(sort: S): EntityOf<S> | undefined {
    return (this.#space(sort) as (EntityOf<S> | undefined)[]).at(-1);
  }

  /** Returns what an alias sees `count` scopes further out. */
  outer(count: number): EnclosingSpaces | undefined {
    return count === 0 ? new Snapshot(this) : this.parent?.outer(count - 1);
  }

  #space(sort: Sort): (Entity | undefined)[] | undefined {
    return (this.#spaces as Partial<Record<Sort, (Entity | undefined)[]>>)[sort];
  }
}

/**
 * The part of index spaces that existed at one moment. A component or a type is evaluated again for each instance of
 * it, and by then the index spaces around it have grown. It must see only what preceded it, or it could contain
 * itself.
 */
export class Snapshot implements EnclosingSpaces {
  readonly kind: SpacesKind;
  readonly #spaces: IndexSpaces;
  /** How many definitions there were of the sorts that outer aliases can name. */
  readonly #counts: Partial<Readonly<Record<Sort, number>>>;

  constructor(spaces: IndexSpaces) {
    this.kind = spaces.kind;
    this.#spaces = spaces;
    this.#counts = {
      'core module': spaces.count('core module'),
      'core type': spaces.coreTypes.length,
      type: spaces.count('type'),
      component: spaces.count('component'),
    };
  }

  outer(count: number): EnclosingSpaces | undefined {
    return count === 0 ? this : this.#spaces.parent?.outer(count - 1);
  }

  count(sort: Sort): number | undefined {
    return this.#counts[sort];
  }

  entity(sort: Sort, index: number): Entity | undefined {
    return index < (this.count(sort) ?? 0) ? this.#spaces.entity(sort, index) : undefined;
  }

  coreType(index: number): CoreTypeNode | undefined {
    return index < (this.count('core type') ?? 0) ? this.#spaces.coreTypes[index] : undefined;
  }
}
