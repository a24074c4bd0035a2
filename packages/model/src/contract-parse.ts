import type { Contract, ContractInterface, ContractItem, ContractItems } from './contract.ts';
import { packageNameText, parseQualifiedName } from './names.ts';
import { TypeParser, type TypeScope } from './type-parse.ts';
import type {
  Func,
  FuncKind,
  Interface,
  Mutable,
  Owner,
  Package,
  PackageName,
  TypeDef,
  TypeDefKind,
  World,
  WorldItem,
} from './types.ts';
import { resourceOf } from './unalias.ts';

type Phase = 'imports' | 'exports' | 'uses';

/** Where texts are read: an interface, or the world itself. */
interface Place {
  readonly phase: Phase;
  readonly owner: Owner;
  readonly types: ReadonlyMap<string, TypeDef>;
}

interface Pending {
  readonly def: Mutable<TypeDef>;
  readonly text: string;
  readonly place: Place;
}

/** Definitions may refer forward; a contract of ours does so rarely, a hostile one as often as it likes. */
const MAX_CHAIN = 500;

/** Rebuilds a world from a contract: first every name, then what the names mean. */
export class ContractBuilder {
  readonly world: World;
  readonly #packages = new Map<string, Mutable<Package>>();
  readonly #items = {
    imports: new Map<string, WorldItem>(),
    exports: new Map<string, WorldItem>(),
    uses: new Map<string, WorldItem>(),
  };
  readonly #worldTypes = {
    imports: new Map<string, TypeDef>(),
    exports: new Map<string, TypeDef>(),
    uses: new Map<string, TypeDef>(),
  };
  readonly #pending = new Map<TypeDef, Pending>();
  readonly #types: TypeDef[] = [];
  readonly #functions: (() => void)[] = [];
  #chain = 0;

  constructor(contract: Contract) {
    const world = this.#named(contract.world, (name, pkg): Mutable<World> => {
      const made = {
        name,
        ...(pkg && { package: pkg }),
        imports: this.#items.imports,
        exports: this.#items.exports,
      };
      pkg?.worlds.set(name, made);
      return made;
    });
    this.#read('imports', contract.imports, world);
    this.#read('uses', contract.uses ?? {}, world);
    this.#read('exports', contract.exports, world);
    for (const def of this.#types) this.#define(def);
    for (const define of this.#functions) define();
    this.world = world;
  }

  #read(phase: Phase, source: ContractItems, world: Mutable<World>): void {
    const items = this.#items[phase];
    const place: Place = { phase, owner: world, types: this.#worldTypes[phase] };
    for (const [key, value] of Object.entries(source)) {
      const item = this.#item(key, value, place);
      // A function's slot keeps its place in the order until types are known.
      items.set(key, item ?? FUNCTION_TO_COME);
      if (item === undefined) {
        this.#functions.push(() => {
          items.set(key, { tag: 'function', function: this.#func(key, value as string, place) });
        });
      }
    }
  }

  #item(key: string, value: ContractItem, place: Place): WorldItem | undefined {
    if (typeof value !== 'string')
      return { tag: 'interface', interface: this.#interface(key, value, place.phase) };
    if (/^(?:(?:static )?(?:async )?func|constructor)\(/u.test(value)) return undefined;
    if (value.startsWith('interface ')) {
      const known = this.#items.imports.get(value.slice('interface '.length));
      if (known?.tag !== 'interface')
        throw new TypeError(`Malformed contract: "${key}" is "${value}", which is not imported.`);
      return { tag: 'interface', interface: known.interface };
    }
    const def = this.#declare(key, value, place);
    this.#worldTypes[place.phase].set(key, def);
    return { tag: 'type', type: def };
  }

  #interface(key: string, source: ContractInterface, phase: Phase): Interface {
    const types = new Map<string, TypeDef>();
    const functions = new Map<string, Func>();
    const fullName = source.implements ?? key;
    const iface =
      parseQualifiedName(fullName) === undefined
        ? { types, functions }
        : this.#named(fullName, (name, pkg): Interface => ({
            name,
            ...(pkg && { package: pkg }),
            types,
            functions,
          }));
    // Two versions of one interface, imported and exported, may differ; the package keeps the first.
    const home = iface.package;
    if (home !== undefined && iface.name !== undefined && !home.interfaces.has(iface.name)) {
      (home.interfaces as Map<string, Interface>).set(iface.name, iface);
    }
    const place: Place = { phase, owner: iface, types };
    for (const [name, text] of Object.entries(source.types ?? {}))
      types.set(name, this.#declare(name, text, place));
    for (const [name, text] of Object.entries(source.functions ?? {})) {
      this.#functions.push(() => functions.set(name, this.#func(name, text, place)));
    }
    return iface;
  }

  #declare(name: string, text: string, place: Place): TypeDef {
    if (typeof text !== 'string')
      throw new TypeError(`Malformed contract: the type "${name}" is not a text.`);
    const def: Mutable<TypeDef> = { name, kind: UNDEFINED_YET, owner: place.owner };
    this.#pending.set(def, { def, text, place });
    this.#types.push(def);
    return def;
  }

  #define(known: TypeDef): void {
    const pending = this.#pending.get(known);
    if (pending === undefined) return;
    if (pending.def.kind === BEING_DEFINED)
      throw new TypeError(`Malformed contract: the type "${known.name}" contains itself.`);
    this.#chain += 1;
    if (this.#chain > MAX_CHAIN)
      throw new TypeError(`Malformed contract: the type "${known.name}" is defined too indirectly.`);
    pending.def.kind = BEING_DEFINED;
    pending.def.kind = new TypeParser(pending.text, this.#scope(pending.place)).definition();
    this.#pending.delete(known);
    this.#chain -= 1;
  }

  #func(key: string, text: string, place: Place): Func {
    if (typeof text !== 'string')
      throw new TypeError(`Malformed contract: the function "${key}" is not a text.`);
    const scope = this.#scope(place);
    const kind = funcKind(key, (name) => scope.lookup(name, undefined));
    return { name: funcName(key, kind), kind, ...new TypeParser(text, scope).func(kind) };
  }

  #scope(place: Place): TypeScope {
    return {
      lookup: (name, key) => {
        const def = key === undefined ? this.#local(name, place) : this.#foreign(name, key, place);
        if (def !== undefined) this.#define(def);
        return def;
      },
      isResource: (def) => resourceOf(def) !== undefined,
    };
  }

  #local(name: string, place: Place): TypeDef | undefined {
    // The types of the world are one scope, whether imported or exported.
    return place.types.get(name) ?? ('types' in place.owner ? undefined : this.#worldTypes.imports.get(name));
  }

  #foreign(name: string, key: string, place: Place): TypeDef | undefined {
    if (key === 'world') return this.#worldTypes[place.phase].get(name) ?? this.#worldTypes.imports.get(name);
    const plain = key.startsWith('import ') ? key.slice('import '.length) : key;
    const order =
      place.phase === 'exports' && plain === key
        ? (['exports', 'imports', 'uses'] as const)
        : (['imports', 'uses'] as const);
    for (const phase of order) {
      const item = this.#items[phase].get(plain);
      if (item?.tag === 'interface') return item.interface.types.get(name);
    }
    return undefined;
  }

  #named<T>(fullName: string, make: (name: string, pkg: Mutable<Package> | undefined) => T): T {
    const parsed = parseQualifiedName(fullName);
    return parsed === undefined
      ? make(fullName, undefined)
      : make(parsed.item, this.#package(parsed.package));
  }

  #package(name: PackageName): Mutable<Package> {
    const text = packageNameText(name);
    let found = this.#packages.get(text);
    if (found === undefined) {
      found = { name, interfaces: new Map(), worlds: new Map() };
      this.#packages.set(text, found);
    }
    return found;
  }
}

/** Stand-ins, recognised by identity, that never leave the builder. */
const UNDEFINED_YET: TypeDefKind = { tag: 'resource' };
const BEING_DEFINED: TypeDefKind = { tag: 'resource' };
const FUNCTION_TO_COME: WorldItem = {
  tag: 'function',
  function: { name: '', kind: { tag: 'freestanding' }, async: false, params: [] },
};

function funcKind(key: string, lookup: (name: string) => TypeDef | undefined): FuncKind {
  const match = /^\[(method|static|constructor)\]([^.]+)/u.exec(key);
  if (match === null) return { tag: 'freestanding' };
  const resource = lookup(match[2]!);
  if (resource === undefined)
    throw new TypeError(`Malformed contract: "${key}" belongs to no resource of its interface.`);
  return { tag: match[1] as 'method' | 'static' | 'constructor', resource };
}

function funcName(key: string, kind: FuncKind): string {
  if (kind.tag === 'freestanding') return key;
  return key.slice(key.indexOf(kind.tag === 'constructor' ? ']' : '.') + 1);
}
