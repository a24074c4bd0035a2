import { NameClaims } from '@wit-ts/mapping';
import {
  interfaceName,
  parseQualifiedName,
  qualifiedName,
  type Direction,
  type Interface,
  type Owner,
  type Resolve,
  type TypeDef,
  type World,
} from '@wit-ts/model';
import type { ListedFunctions } from './async-functions.ts';
import type { Role } from './declaration.ts';
import { InterfacePaths } from './interface-paths.ts';
import { checkedKey, typeName } from './names.ts';
import { PackageView, type Side } from './package-view.ts';
import { isInterface, mentionedOwners, typesOfOwner, usedBy } from './type-owners.ts';

/** An interface or a world, as one generated file. */
export interface Module {
  readonly owner: Owner;
  readonly direction: Direction;
  readonly role: Role;
  /** Whether the file describes the imports and the exports of an interface by the same types. */
  readonly isBothWays?: boolean;
  /** What tells resources of the interface apart from those of others; see `PackageView.kindsOf`. */
  readonly kinds?: readonly string[];
  /** The path relative to the output directory, without extension: `interfaces/example-service-processor`. */
  readonly path: string;
  /** The origin that the first line of the file names: the interface or the world. */
  readonly subject: string;
  /**
   * The module name by which the declarations of guests refer to it. For what a guest imports, it is the name that the
   * guest's bundler knows. An exported interface has a name of its own, because another guest of the same TypeScript
   * program may import the interface.
   */
  readonly specifier: string;
  /** A second module name, for an exported interface that is not imported as well: its full name, or its label. */
  readonly plainSpecifier?: string;
  /** For an interface: its full name, or the plain name that the world gives it. For a world: its full name. */
  readonly key: string;
  /** TypeScript names of the types, by WIT name. Types that it takes by `use` are among them. */
  readonly types: ReadonlyMap<string, string>;
  /**
   * For an interface: the name of the type with its functions, and then aliases for importing files, best first. For
   * a world: the names of the types of its imports and of its exports.
   */
  readonly titles: readonly [string, ...string[]];
}

/**
 * The generated files of a world, and their names.
 *
 * An interface has one file, even if it is both imported and exported. It has a second file in `exports/` only if the
 * two differ: the resources of an imported interface are not those of the exported one.
 */
export class ModuleLayout {
  readonly world: Module;
  readonly side: Side;
  /** The functions that are asynchronous although they are synchronous in WIT. */
  readonly listed: ListedFunctions;
  readonly #paths = new NameClaims();
  readonly #specifiers = new NameClaims();
  readonly #imports = new Map<Interface, Module>();
  readonly #exports = new Map<Interface, Module>();
  /** The files of an interface that is exported under several labels, each with resources of its own. */
  readonly #labelled = new Map<string, Module>();

  constructor(resolve: Resolve, world: World, side: Side, listed: ListedFunctions) {
    this.side = side;
    this.listed = listed;
    const view = new PackageView(resolve, world, side, listed);
    const name = world.package === undefined ? world.name : qualifiedName(world.package.name, world.name);
    this.world = this.#module(world, checkedKey(name), {
      direction: 'import',
      path: world.name.toLowerCase(),
      subject: name,
      specifier: this.#specifiers.claim(name),
    });

    for (const key of [...world.imports.keys(), ...world.exports.keys()]) checkedKey(key);
    const imports = interfacesOf(world, 'imports');
    const exports = interfacesOf(world, 'exports');
    addUsed(world, imports, exports);
    const shared = new Map<Interface, Interface>();
    for (const iface of exports.keys()) {
      const twin = imports.has(iface) ? iface : iface.cloneOf;
      if (twin !== undefined && imports.has(twin) && !view.differs(iface)) shared.set(iface, twin);
    }
    const placed: PlacedInterface[] = [
      ...[...imports].map(([iface, key]) => ({ iface, key, direction: 'import' }) as const),
      ...[...exports].flatMap(([iface, key]): PlacedInterface[] => {
        const labels = this.side === 'host' && view.differs(iface) ? keysOf(world, iface) : [];
        return (labels.length === 0 ? [undefined] : labels).map((label) => ({
          iface,
          key,
          direction: 'export',
          label,
        }));
      }),
    ].filter(({ iface, direction }) => direction === 'import' || !shared.has(iface));

    const paths = new InterfacePaths([...view.interfaces, ...placed.map(({ key }) => key)]);
    const keys = placed.map(({ key, label = '' }) => key + label);
    for (const item of placed) {
      const isTwin = keys.indexOf(item.key) !== keys.lastIndexOf(item.key);
      const module = this.#interfaceModule(item, this.#place(item, view, paths.baseOf(item.key)), isTwin);
      const modules = item.direction === 'import' ? this.#imports : this.#exports;
      if (item.label !== undefined) this.#labelled.set(item.label, module);
      if (!modules.has(item.iface)) modules.set(item.iface, module);
    }
    for (const [iface, twin] of shared) this.#exports.set(iface, this.#imports.get(twin)!);
  }

  /** The files of all interfaces, each once. */
  get interfaces(): readonly Module[] {
    return [...new Set([...this.#imports.values(), ...this.#exports.values(), ...this.#labelled.values()])];
  }

  /**
   * Returns the definition of a type that a world or an interface may have by `use`, and the file with the
   * definition.
   */
  definition(def: TypeDef, direction: Direction): { readonly def: TypeDef; readonly module: Module } {
    let current = def;
    let from = direction;
    for (;;) {
      // A world uses types of its imports (`WIT.md`, "WIT Worlds"), even if an export mentions them.
      if (current.owner === this.world.owner) from = 'import';
      const next = usedBy(current);
      if (next === undefined) break;
      from = this.moduleOf(ownerOf(next), from).direction;
      current = next;
    }
    return { def: current, module: this.moduleOf(ownerOf(current), from) };
  }

  /**
   * Returns the file of an interface or the world. Exports mention the exported interface if there is one, and
   * otherwise the imported one (`WIT.md`, "WIT Worlds").
   */
  moduleOf(owner: Owner, direction: Direction): Module {
    if (!isInterface(owner)) return this.world;
    const exported = direction === 'export' ? this.#exports.get(owner) : undefined;
    const module = exported ?? this.#imports.get(owner) ?? this.#exports.get(owner);
    if (module === undefined)
      throw new TypeError('the world mentions a type of an interface that it neither imports nor exports');
    return module;
  }

  /** Returns the file of an exported interface. @param name its full name, or its label */
  moduleOfExport(name: string, iface: Interface): Module {
    return this.#labelled.get(name) ?? this.moduleOf(iface, 'export');
  }

  #interfaceModule(
    { iface, key, direction, label }: PlacedInterface,
    place: ModulePlace,
    isTwin: boolean,
  ): Module {
    const prefix = direction === 'import' ? 'Imported' : 'Exported';
    const version = /@([^_+]*)/u.exec(place.path)?.[1];
    return this.#module(iface, key, {
      direction,
      ...place,
      aliases: (title) => [
        ...(label === undefined || label.includes(':') ? [] : [`${typeName(label)}${title}`]),
        ...(isTwin ? [`${prefix}${title}`] : []),
        ...(version === undefined ? [] : [`${title}_${version.replaceAll(/\W/gu, '_')}`]),
      ],
    });
  }

  /** Returns the names by which files and guests find an interface. @param base the name of its file */
  #place({ iface, key, direction, label }: PlacedInterface, view: PackageView, base: string): ModulePlace {
    const { owner: world, key: worldKey } = this.world;
    const isExport = direction === 'export';
    const variant = isExport ? view.variantOf(iface, world) : '';
    const isInline = iface.name === undefined;
    // Names of WIT contain no underscore, and a dot could make a path end in `.d.ts`.
    const before = isInline && view.isAmbiguousLabel(key, world) ? `${world.name}_` : '';
    const after = label === undefined || label.includes(':') ? '' : `_${label}`;
    const file = `${before}${base}${variant}${after}`.toLowerCase();
    const isSeparate =
      isExport && (this.#imports.has(iface) || view.isImported(iface)) && view.differs(iface);
    const folders = isSeparate ? ['exports'] : isExport ? ['interfaces', 'exports'] : ['interfaces'];
    const [path = '', ...paths] = folders.map((folder) => `${folder}/${file}`);
    const isOwnForm = isExport && view.differs(iface);
    const ownName = isInline ? `${worldKey}#${key}` : `${key}#export${variant}`;
    return {
      kinds: view.kindsOf(iface, direction, label),
      isBothWays: !isSeparate && view.isBothWays(iface),
      path: this.#paths.claim(path, ...paths),
      subject: isInline ? `${worldKey.replace(/\/.*$/u, '')} (${before}${key})` : key,
      specifier: this.#specifiers.claim(isOwnForm ? ownName : key, `${key}#${direction}`),
      ...(isOwnForm && !isSeparate && !this.#specifiers.has(key)
        ? { plainSpecifier: this.#specifiers.claim(key) }
        : {}),
    };
  }

  #module(
    owner: Owner,
    key: string,
    {
      aliases = () => [],
      ...rest
    }: ModulePlace & Pick<Module, 'direction'> & { readonly aliases?: (title: string) => readonly string[] },
  ): Module {
    const names = new NameClaims(isInterface(owner) ? [] : ['contract', 'instantiate']);
    const types = new Map<string, string>();
    for (const name of typesOfOwner(owner).keys()) types.set(name, names.claim(typeName(name)));
    const role = (this.side === 'host') === (rest.direction === 'import') ? 'supplied' : 'received';
    const [title, ...others] = claimTitles(owner, key, names);
    const titles: Module['titles'] = [title, ...aliases(title), ...others];
    return { owner, role, key, types, titles, ...rest };
  }
}

/** The names of a module, and what depends on all worlds of the package. */
type ModulePlace = Pick<Module, 'isBothWays' | 'kinds' | 'path' | 'subject' | 'specifier' | 'plainSpecifier'>;

/** Returns the keys under which a world exports an interface, if they are several. */
function keysOf(world: World, iface: Interface): readonly string[] {
  const keys = [...world.exports].flatMap(([key, item]) =>
    item.tag === 'interface' && item.interface === iface ? [key] : [],
  );
  return keys.length > 1 && iface.name !== undefined ? keys : [];
}

function ownerOf(def: TypeDef): Owner {
  if (def.owner !== undefined) return def.owner;
  throw new TypeError(`the named type ${JSON.stringify(def.name)} belongs to no interface or world`);
}

function claimTitles(owner: Owner, key: string, names: NameClaims): [string, ...string[]] {
  if (!isInterface(owner)) {
    const name = typeName(owner.name);
    return [names.claim(`${name}Imports`), names.claim(`${name}Exports`)];
  }
  const [title, ...qualified] = titlesOf(key);
  return [names.claim(title, ...qualified), ...qualified];
}

/** An interface that gets a file. */
interface PlacedInterface {
  readonly iface: Interface;
  readonly key: string;
  readonly direction: Direction;
  /** The label or full name under which it is exported, if it is under several. */
  readonly label?: string | undefined;
}

function interfacesOf(world: World, side: 'imports' | 'exports'): Map<Interface, string> {
  const found = new Map<Interface, string>();
  for (const [key, item] of world[side]) {
    if (item.tag !== 'interface' || found.has(item.interface)) continue;
    // A world may have one interface under two labels. Its own name is then the better one.
    found.set(item.interface, checkedKey(interfaceName(item.interface) ?? key));
  }
  return found;
}

/** Adds interfaces that are reached only through `use` to the imports. */
function addUsed(world: World, imports: Map<Interface, string>, exports: Map<Interface, string>): void {
  const add = (from: Owner, ...known: readonly Map<Interface, string>[]): void => {
    for (const owner of mentionedOwners(from)) {
      if (!isInterface(owner) || known.some((map) => map.has(owner))) continue;
      imports.set(owner, checkedKey(interfaceName(owner) ?? 'interface'));
    }
  };
  add(world, imports);
  for (const iface of exports.keys()) add(iface, imports, exports);
  // The map grows while it is walked, and what is added is walked too.
  for (const iface of imports.keys()) add(iface, imports);
}

function titlesOf(key: string): [string, ...string[]] {
  const full = parseQualifiedName(key);
  if (full === undefined) return [typeName(key)];
  const { namespace, name } = full.package;
  const item = typeName(full.item);
  return [item, `${typeName(name)}${item}`, `${typeName(namespace)}${typeName(name)}${item}`];
}
