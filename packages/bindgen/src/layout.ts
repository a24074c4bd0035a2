import { NameClaims } from '@wit-ts/mapping';
import {
  interfaceName,
  parseQualifiedName,
  qualifiedName,
  type Interface,
  type Owner,
  type TypeDef,
  type World,
} from '@wit-ts/model';
import type { Role } from './declaration.ts';
import { checkedKey, typeName } from './names.ts';
import { isInterface, isUse, mentionedOwners, reachesResources, typesOf, usedBy } from './reach.ts';

export type Side = 'host' | 'guest';
export type Direction = 'import' | 'export';

/** An interface or a world as one generated file. */
export interface Module {
  readonly owner: Owner;
  readonly direction: Direction;
  readonly role: Role;
  /** From the root of the output, without extension: `interfaces/example-service-processor`. */
  readonly path: string;
  /** What a guest imports it by. */
  readonly specifier: string;
  /** The key under which a world has the interface: its full name or a plain one. For a world its full name. */
  readonly key: string;
  /** TypeScript names of the types, by WIT name. */
  readonly types: ReadonlyMap<string, string>;
  /**
   * Of an interface: the name of what holds its functions, and then what others may call it, best first. Of a world: the
   * names of its imports and exports.
   */
  readonly titles: readonly [string, ...string[]];
}

/**
 * Which files there are, and what they are called.
 *
 * An interface has one file, also where it is both imported and exported, unless that makes a difference: the resources
 * of an imported interface are not those of the exported one. Then there is a second file in `exports/`.
 */
export class Layout {
  readonly world: Module;
  readonly side: Side;
  readonly #specifiers = new NameClaims();
  readonly #imports = new Map<Interface, Module>();
  readonly #exports = new Map<Interface, Module>();

  constructor(world: World, side: Side) {
    this.side = side;
    const name = world.package === undefined ? world.name : qualifiedName(world.package.name, world.name);
    this.world = this.#module(world, checkedKey(name), 'import', world.name.toLowerCase());

    for (const key of [...world.imports.keys(), ...world.exports.keys()]) checkedKey(key);
    const imports = interfacesOf(world, 'imports');
    const exports = interfacesOf(world, 'exports');
    addUsed(world, imports, exports);
    const shared = new Map<Interface, Interface>();
    for (const iface of exports.keys()) {
      const twin = imports.has(iface) ? iface : iface.cloneOf;
      if (twin !== undefined && imports.has(twin) && !this.#differs(iface)) shared.set(iface, twin);
    }
    const placed: Place[] = [
      ...[...imports].map(([iface, key]) => ({ iface, key, direction: 'import' }) as const),
      ...[...exports].map(([iface, key]) => ({ iface, key, direction: 'export' }) as const),
    ].filter(({ iface, direction }) => direction === 'import' || !shared.has(iface));

    const keys = placed.map(({ key }) => key);
    const paths = new Paths(placed);
    for (const { iface, key, direction } of placed) {
      const isTwin = keys.indexOf(key) !== keys.lastIndexOf(key);
      const path = paths.claim(key, direction);
      const module = this.#module(iface, key, direction, path, (title) => [
        ...(isTwin ? [`${direction === 'import' ? 'Imported' : 'Exported'}${title}`] : []),
        ...(path.includes('@') ? [`${title}_${path.replace(/^.*@/u, '').replaceAll(/\W/gu, '_')}`] : []),
      ]);
      (direction === 'import' ? this.#imports : this.#exports).set(iface, module);
    }
    for (const [iface, twin] of shared) this.#exports.set(iface, this.#imports.get(twin)!);
  }

  /** Every file of an interface, once. */
  get interfaces(): readonly Module[] {
    return [...new Set([...this.#imports.values(), ...this.#exports.values()])];
  }

  /** Where a type is defined that stands in a world or an interface under a name of its own, by `use`. */
  definition(def: TypeDef, direction: Direction): { readonly def: TypeDef; readonly module: Module } {
    let current = def;
    let from = direction;
    for (;;) {
      // What a world uses is what it imports (`WIT.md`, "WIT Worlds"), also where an export mentions it.
      if (current.owner === this.world.owner) from = 'import';
      const next = usedBy(current);
      if (next === undefined) break;
      from = this.moduleOf(ownerOf(next), from).direction;
      current = next;
    }
    return { def: current, module: this.moduleOf(ownerOf(current), from) };
  }

  /**
   * The file of an interface or the world, seen from an import or an export: what is exported mentions the exported
   * interfaces where there are such (`WIT.md`, "WIT Worlds").
   */
  moduleOf(owner: Owner, direction: Direction): Module {
    if (!isInterface(owner)) return this.world;
    const exported = direction === 'export' ? this.#exports.get(owner) : undefined;
    const module = exported ?? this.#imports.get(owner) ?? this.#exports.get(owner);
    if (module === undefined)
      throw new TypeError('the world mentions a type of an interface that it does not reach');
    return module;
  }

  /** Whether an import and an export of one interface cannot share declarations. */
  #differs(iface: Interface): boolean {
    // In a guest an imported function is a declaration, and an exported one a member to implement.
    return reachesResources(iface) || (this.side === 'guest' && iface.functions.size > 0);
  }

  #module(
    owner: Owner,
    key: string,
    direction: Direction,
    path: string,
    aliases: (title: string) => readonly string[] = () => [],
  ): Module {
    const names = new NameClaims(isInterface(owner) ? [] : ['contract', 'instantiate']);
    const types = new Map<string, string>();
    for (const [name, def] of typesOf(owner)) {
      const wanted = typeName(name);
      if (!isInterface(owner) || !isUse(def)) types.set(name, names.claim(wanted));
    }
    const role = (this.side === 'host') === (direction === 'import') ? 'supplied' : 'received';
    const specifier = this.#specifiers.claim(key, `${key}#${direction}`);
    const [title, ...others] = claimTitles(owner, key, names);
    const titles: Module['titles'] = [title, ...aliases(title), ...others];
    return { owner, direction, role, path, specifier, key, types, titles };
  }
}

function ownerOf(def: TypeDef): Owner {
  if (def.owner !== undefined) return def.owner;
  throw new TypeError(`the type ${JSON.stringify(def.name)} has a name, and stands in no interface or world`);
}

function claimTitles(owner: Owner, key: string, names: NameClaims): [string, ...string[]] {
  if (!isInterface(owner)) {
    const name = typeName(owner.name);
    return [names.claim(`${name}Imports`), names.claim(`${name}Exports`)];
  }
  const [title, ...qualified] = titlesOf(key);
  return [names.claim(title, ...qualified), ...qualified];
}

interface Place {
  readonly iface: Interface;
  readonly key: string;
  readonly direction: Direction;
}

function interfacesOf(world: World, side: 'imports' | 'exports'): Map<Interface, string> {
  const found = new Map<Interface, string>();
  for (const [key, item] of world[side]) {
    if (item.tag !== 'interface' || found.has(item.interface)) continue;
    // Two labels may stand for one interface, whose own name is then the better one.
    found.set(item.interface, checkedKey(interfaceName(item.interface) ?? key));
  }
  return found;
}

/** Adds interfaces that are reached through `use` alone to the imports: nobody exports them. */
function addUsed(world: World, imports: Map<Interface, string>, exports: Map<Interface, string>): void {
  const add = (from: Owner, ...known: readonly Map<Interface, string>[]): void => {
    for (const owner of mentionedOwners(from)) {
      if (!isInterface(owner) || known.some((map) => map.has(owner))) continue;
      imports.set(owner, checkedKey(interfaceName(owner) ?? 'interface'));
    }
  };
  add(world, imports);
  for (const iface of exports.keys()) add(iface, imports, exports);
  // The map grows while it is walked; what is added is walked too.
  for (const iface of imports.keys()) add(iface, imports);
}

function titlesOf(key: string): [string, ...string[]] {
  const full = parseQualifiedName(key);
  if (full === undefined) return [typeName(key)];
  const { namespace, name } = full.package;
  const item = typeName(full.item);
  return [item, `${typeName(name)}${item}`, `${typeName(namespace)}${typeName(name)}${item}`];
}

/** Paths without the version, unless two interfaces differ in nothing else. */
class Paths {
  readonly #keys = new Map<string, Set<string>>();
  readonly #taken = new NameClaims();

  constructor(places: readonly Place[]) {
    for (const { key } of places) {
      const { stem } = stemOf(key);
      this.#keys.set(stem, (this.#keys.get(stem) ?? new Set()).add(key));
    }
  }

  claim(key: string, direction: Direction): string {
    const { stem, version } = stemOf(key);
    const base = version !== undefined && this.#keys.get(stem)!.size > 1 ? `${stem}@${version}` : stem;
    const path = `interfaces/${base}`;
    return direction === 'import' ? this.#taken.claim(path) : this.#taken.claim(path, `exports/${base}`);
  }
}

/** In lower case, since some file systems do not tell cases apart. */
function stemOf(key: string): { readonly stem: string; readonly version: string | undefined } {
  const full = parseQualifiedName(key.toLowerCase());
  if (full === undefined) return { stem: key.toLowerCase(), version: undefined };
  const { namespace, name, version } = full.package;
  return { stem: `${namespace}-${name}-${full.item}`, version };
}
