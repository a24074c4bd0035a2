import type {
  Direction,
  Func,
  Interface,
  Mutable,
  Owner,
  Package,
  PackageName,
  Resolve,
  TypeDef,
  World,
  WorldItem,
} from '@wit-ts/model';
import { packageNameText, parseQualifiedName } from '@wit-ts/model';
import type { ExternName } from '../ast.ts';
import { DecodeError } from '../decode-error.ts';
import type { Exported, InstanceNode } from '../elaborate/nodes.ts';
import { namedFunc } from './functions.ts';
import { PackageDocs } from './package-docs.ts';
import { TypeBuilder } from './types.ts';

/** Builds the model of an evaluated component: one interface for each name, one type for each node. */
export class Builder {
  readonly types: TypeBuilder;
  readonly #offset: number;
  readonly #packages = new Map<string, Mutable<Package>>();
  readonly #interfaces: Interface[] = [];
  readonly #worlds: World[] = [];
  readonly #docs: ReadonlyMap<string, PackageDocs>;
  /** The instances that items of worlds stand for. */
  readonly #instances = new Map<WorldItem, InstanceNode>();

  /**
   * @param offset the offset for error messages
   * @param docs documentation of packages, by the texts of their names
   */
  constructor(offset: number, docs: ReadonlyMap<string, PackageDocs>) {
    this.#offset = offset;
    this.#docs = docs;
    this.types = new TypeBuilder(offset);
  }

  package(name: PackageName): Mutable<Package> {
    const text = packageNameText(name);
    let found = this.#packages.get(text);
    if (found === undefined) {
      found = { name, interfaces: new Map(), worlds: new Map(), ...this.#docs.get(text)?.docs };
      this.#packages.set(text, found);
    }
    return found;
  }

  /** Returns the interface of a full name, and adds to it what this instance has and earlier instances did not have. */
  namedInterface(name: string, instance: InstanceNode, externalId?: string): Interface {
    this.types.unwritable.interface('interface', name);
    const parsed = parseQualifiedName(name);
    if (parsed === undefined) {
      throw new DecodeError(`WIT cannot express the interface name \`${name}\``, this.#offset);
    }
    const owner = this.package(parsed.package);
    const docs = this.#docs.get(packageNameText(parsed.package))?.at('interfaces', parsed.item);
    let found = owner.interfaces.get(parsed.item) as Mutable<Interface> | undefined;
    if (found === undefined) {
      found = { name: parsed.item, package: owner, types: new Map(), functions: new Map(), ...docs?.notes };
      if (externalId !== undefined) found.externalId = externalId;
      owner.interfaces.set(parsed.item, found);
      this.#addMembers(found, instance, docs);
      this.#interfaces.push(found);
    } else {
      this.#addMembers(found, instance, docs);
    }
    return found;
  }

  #inlineInterface(world: World, instance: InstanceNode, docs: PackageDocs): Interface {
    const made: Mutable<Interface> = {
      package: world.package!,
      types: new Map(),
      functions: new Map(),
      ...docs?.notes,
    };
    this.#addMembers(made, instance, docs);
    this.#interfaces.push(made);
    return made;
  }

  #addMembers(owner: Mutable<Interface>, instance: InstanceNode, docs: PackageDocs | undefined): void {
    this.types.spend(instance.exports.size);
    for (const [name, { entity, name: attributes }] of instance.exports) {
      if (entity?.tag === 'type') {
        this.types.unwritable.label('type', name);
        const existing = owner.types.get(name);
        const type = this.types.define(entity.type, {
          name,
          owner,
          existing,
          externalId: attributes.externalId,
          docs: docs?.at('types', name),
        });
        if (type !== undefined) owner.types.set(name, type);
      } else if (entity?.tag === 'func' && !owner.functions.has(name)) {
        this.types.unwritable.item('function', name);
        const func = namedFunc(
          this.types,
          name,
          entity.func,
          owner.types,
          docs?.at('funcs', name).notes,
          attributes.externalId,
          this.#offset,
        );
        owner.functions.set(name, func);
      }
    }
  }

  /**
   * @param name the world's
   * @param owner the package of the world
   */
  world(
    name: string,
    owner: Mutable<Package>,
    imports: Iterable<Exported>,
    exports: Iterable<Exported>,
    externalId?: string,
  ): World {
    const docs = this.#docs.get(packageNameText(owner.name))?.at('worlds', name);
    const world: Mutable<World> = {
      name,
      package: owner,
      imports: new Map(),
      exports: new Map(),
      ...docs?.notes,
    };
    if (externalId !== undefined) world.externalId = externalId;
    const resources = new Map<string, TypeDef>();
    for (const item of imports) this.#addItem(world, world.imports, item, resources, docs, 'import');
    for (const item of exports) this.#addItem(world, world.exports, item, resources, docs, 'export');
    owner.worlds.set(name, world);
    this.#worlds.push(world);
    return world;
  }

  #addItem(
    world: World,
    items: Map<string, WorldItem>,
    { name: attributes, entity }: Exported,
    types: Map<string, TypeDef>,
    docs: PackageDocs | undefined,
    direction: Direction,
  ): void {
    const { name, externalId } = attributes;
    // The full name of an interface is checked with its version.
    if (entity?.tag !== 'instance' || !name.includes('/')) this.types.unwritable.item(direction, name);
    switch (entity?.tag) {
      case 'func': {
        const { notes } = memberDocs(docs, world, direction, name, 'funcs', 'func_exports');
        const func: Func = namedFunc(this.types, name, entity.func, types, notes, externalId, this.#offset);
        items.set(name, { tag: 'function', function: func });
        return;
      }
      case 'type': {
        const owner: Owner = world;
        const type = this.types.define(entity.type, {
          name,
          owner,
          existing: undefined,
          externalId,
          docs: docs?.at('types', name),
        });
        if (type === undefined) return;
        if (!types.has(name)) types.set(name, type);
        items.set(name, { tag: 'type', type });
        return;
      }
      case 'instance': {
        const [key, plain] = this.#instanceItem(world, attributes, entity.instance, docs, direction);
        const item = externalId === undefined ? plain : { ...plain, externalId };
        items.set(key, item);
        this.#instances.set(item, entity.instance);
        return;
      }
      default:
      // WIT cannot express components, core modules and values.
    }
  }

  #instanceItem(
    world: World,
    attributes: ExternName,
    instance: InstanceNode,
    docs: PackageDocs | undefined,
    direction: Direction,
  ): [string, Extract<WorldItem, { tag: 'interface' }>] {
    const { name } = attributes;
    const full = attributes.implements ?? (name.includes('/') ? fullName(attributes) : undefined);
    if (full === undefined) {
      const inline = memberDocs(docs, world, direction, name, 'interfaces', 'interface_exports');
      return [name, { tag: 'interface', interface: this.#inlineInterface(world, instance, inline) }];
    }
    const key = attributes.implements === undefined ? full : name;
    const notes = {
      ...docs?.at(`interface_${direction}_docs`, key).docs,
      ...docs?.at(`interface_${direction}_stability`, key).stability,
    };
    return [key, { tag: 'interface', interface: this.namedInterface(full, instance), ...notes }];
  }

  /**
   * One interface is one object, with all that any instance of it has. Says of the items of a world what of it is
   * theirs, once everything has been added.
   */
  markParts(world: World): void {
    for (const items of [world.imports, world.exports]) {
      for (const [key, item] of items) {
        const instance = this.#instances.get(item);
        if (item.tag !== 'interface' || instance === undefined) continue;
        const { types, functions } = item.interface;
        const isWhole = [...types.keys(), ...functions.keys()].every((name) => instance.exports.has(name));
        const only = new Set(instance.exports.keys());
        if (!isWhole) (items as Map<string, WorldItem>).set(key, { ...item, only });
      }
    }
  }

  /**
   * Returns the packages, each after the packages on which it depends. Interfaces and types are in the order in which
   * they were made.
   */
  resolve(): Resolve {
    const packages: Package[] = [];
    const visited = new Set<Package>();
    for (const root of this.#packages.values()) {
      // A list instead of recursion, because a component may name a chain of thousands of packages.
      const stack: { readonly pkg: Package; readonly needs: Generator<Package> }[] = [];
      if (!visited.has(root)) stack.push({ pkg: root, needs: dependencies(root) });
      visited.add(root);
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const next = top.needs.next();
        if (next.done === true) {
          packages.push(top.pkg);
          stack.pop();
        } else if (!visited.has(next.value)) {
          visited.add(next.value);
          stack.push({ pkg: next.value, needs: dependencies(next.value) });
        }
      }
    }
    return { packages, worlds: this.#worlds, interfaces: this.#interfaces, types: this.types.all };
  }
}

/**
 * Documentation of a world's function or inline interface. The first table is of imports and exports alike, as long as
 * they do not have one name; exports that have are in the second.
 */
function memberDocs(
  docs: PackageDocs | undefined,
  world: World,
  direction: Direction,
  name: string,
  both: string,
  exports: string,
): PackageDocs {
  const none = new PackageDocs(undefined);
  if (direction === 'import') return docs?.at(both, name) ?? none;
  const own = docs?.at(exports, name) ?? none;
  return own.isEmpty && !world.imports.has(name) ? (docs?.at(both, name) ?? none) : own;
}

/** The name with the part of its version that was split off (`Explainer.md`, "Canonical Interface Name"). */
function fullName({ name, versionSuffix }: ExternName): string {
  return versionSuffix === undefined ? name : `${name}${versionSuffix}`;
}

function* dependencies(pkg: Package): Generator<Package> {
  for (const iface of pkg.interfaces.values()) yield* ofTypes(iface.types.values());
  for (const world of pkg.worlds.values()) {
    for (const item of [...world.imports.values(), ...world.exports.values()]) {
      if (item.tag === 'type') yield* ofTypes([item.type]);
      if (item.tag !== 'interface') continue;
      if (item.interface.package !== undefined) yield item.interface.package;
      else yield* ofTypes(item.interface.types.values());
    }
  }
}

function* ofTypes(types: Iterable<TypeDef>): Generator<Package> {
  for (const { kind } of types) {
    if (kind.tag !== 'alias' || typeof kind.type === 'string') continue;
    const owner = kind.type.owner?.package;
    if (owner !== undefined) yield owner;
  }
}
