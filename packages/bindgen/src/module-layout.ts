import {
  type MappingChoices,
  NameClaims,
  type Side,
  type WorldSurface,
  type WorldSurfaceMember,
} from '@wit-ts/mapping';
import {
  interfaceName,
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
import { ModuleTypeNames, type TypeNamesOfModule, type UnnamedModule } from './module-type-names.ts';
import type { MappedInterfaces } from './mapped-interfaces.ts';
import { checkedKey, typeName } from './names.ts';
import { PackageView } from './package-view.ts';
import { interfacesOfSurface, surfaceOfInterface, surfaceOfWorld } from './surface.ts';
import { isInterface, mentionedOwners, usedBy } from './type-owners.ts';

/** An interface or a world, as one generated file. */
export interface Module extends TypeNamesOfModule {
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
  /** Whether its types are in the file of the world, so that no file imports them. */
  readonly isInWorldFile: boolean;
  /** The module of the user that has the types, if none is generated. */
  readonly external?: string;
}

/** What the user chose for the files and their names. */
export interface LayoutStyle {
  /** Whether all types are in the file of the world. */
  readonly isOneFile: boolean;
  /** What all names of types begin with. */
  readonly typePrefix: string;
  /** The modules of the user that have the types of interfaces, by the full names of the interfaces. */
  readonly mapped: MappedInterfaces;
  readonly forms: TypeForms;
}

/** What the user chose for the form of types in JavaScript. */
export interface TypeForms {
  readonly choices: MappingChoices;
  /** Whether enums are objects of their names. */
  readonly constEnums: boolean;
  /** What makes the values of a variant beside its type. */
  readonly variants: 'union' | 'const' | 'class';
  /** Whether the files have values at all. */
  readonly hasValues: boolean;
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
  readonly forms: TypeForms;
  /** What the world has in JavaScript. */
  readonly surface: WorldSurface;
  /** The members of interfaces in this surface. */
  readonly #members: Readonly<Record<Direction, ReadonlyMap<Interface, readonly WorldSurfaceMember[]>>>;
  readonly #names: ModuleTypeNames;
  readonly #mapped: MappedInterfaces;
  readonly #isOneFile: boolean;
  readonly #paths = new NameClaims();
  readonly #specifiers = new NameClaims();
  readonly #imports = new Map<Interface, Module>();
  readonly #exports = new Map<Interface, Module>();
  /** The files of an interface that is exported under several labels, each with resources of its own. */
  readonly #labelled = new Map<string, Module>();

  constructor(
    resolve: Resolve,
    world: World,
    side: Side,
    listed: ListedFunctions,
    { isOneFile, typePrefix, mapped, forms }: LayoutStyle,
  ) {
    this.side = side;
    this.surface = surfaceOfWorld(world, side, forms.choices);
    this.#members = {
      import: interfacesOfSurface(this.surface.imports),
      export: interfacesOfSurface(this.surface.exports),
    };
    // Declarations of a guest are in modules of their own, whether these are in one file or not.
    this.#isOneFile = isOneFile && side === 'host';
    this.#names = new ModuleTypeNames(typePrefix, this.#isOneFile);
    this.#mapped = mapped;
    this.forms = forms;
    this.listed = listed;
    const view = new PackageView(resolve, world, side, listed);
    const name = world.package === undefined ? world.name : qualifiedName(world.package.name, world.name);
    this.world = this.#module(
      { owner: world, key: checkedKey(name), aliases: () => [] },
      {
        direction: 'import',
        path: world.name.toLowerCase(),
        subject: name,
        specifier: this.#specifiers.claim(name),
      },
    );

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

    const twins = twinsOf(placed);
    const unnamed = placed
      .filter(({ key }) => this.#mapped.specifierOf(key) === undefined)
      .map((item) => unnamedModule(item, twins.has(identityOf(item)), undefined));
    this.#names.announce([{ owner: world, key: name, aliases: () => [] }, ...unnamed]);
    const paths = new InterfacePaths([...view.interfaces, ...placed.map(({ key }) => key)]);
    for (const item of placed) {
      const place = this.#place(item, view, paths.baseOf(item.key));
      const version = /@([^_+]*)/u.exec(place.path)?.[1];
      const names = unnamedModule(item, twins.has(identityOf(item)), version);
      const module = this.#module(names, { direction: item.direction, ...place });
      const modules = item.direction === 'import' ? this.#imports : this.#exports;
      if (item.label !== undefined) this.#labelled.set(item.label, module);
      if (!modules.has(item.iface)) modules.set(item.iface, module);
    }
    for (const [iface, twin] of shared) this.#exports.set(iface, this.#imports.get(twin)!);
  }

  /** The generated files of all interfaces, each once. */
  get interfaces(): readonly Module[] {
    const all = [...this.#imports.values(), ...this.#exports.values(), ...this.#labelled.values()];
    return [...new Set(all)].filter(({ external }) => external === undefined);
  }

  /** Returns the members of an interface's object. @throws TypeError if a name is not a name of WIT */
  membersOf(iface: Interface, direction: Direction): readonly WorldSurfaceMember[] {
    return (
      this.#members[direction].get(iface) ??
      surfaceOfInterface(iface, direction, this.side, this.forms.choices)
    );
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

  #module(unnamed: UnnamedModule, rest: ModulePlace & Pick<Module, 'direction'>): Module {
    const { owner, key } = unnamed;
    const role = (this.side === 'host') === (rest.direction === 'import') ? 'supplied' : 'received';
    // What a world imports and exports by different types has two files, and the user's module is the first.
    const external = rest.path.startsWith('exports/') ? undefined : this.#mapped.specifierOf(key);
    if (external !== undefined && isInterface(owner))
      return { owner, role, key, isInWorldFile: false, external, ...EXTERNAL_NAMES.name(unnamed), ...rest };
    return { owner, role, key, isInWorldFile: this.#isOneFile, ...this.#names.name(unnamed), ...rest };
  }
}

/** The names that types have in modules of the user: those that they have in files of their own. */
const EXTERNAL_NAMES = new ModuleTypeNames('', false);

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

/** Returns the interfaces that are imported and exported by different types, by key and label. */
function twinsOf(placed: readonly PlacedInterface[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twins = new Set<string>();
  for (const item of placed) (seen.has(identityOf(item)) ? twins : seen).add(identityOf(item));
  return twins;
}

function identityOf({ key, label = '' }: PlacedInterface): string {
  return `${key} ${label}`;
}

/** @param version the version of an interface that is told from others by it */
function unnamedModule(
  { iface, key, direction, label }: PlacedInterface,
  hasTwin: boolean,
  version: string | undefined,
): UnnamedModule {
  const prefix = direction === 'import' ? 'Imported' : 'Exported';
  return {
    owner: iface,
    key,
    aliases: (title) => [
      ...(label === undefined || label.includes(':') ? [] : [`${typeName(label)}${title}`]),
      ...(hasTwin ? [`${prefix}${title}`] : []),
      ...(version === undefined ? [] : [`${title}_${version.replaceAll(/\W/gu, '_')}`]),
    ],
  };
}
