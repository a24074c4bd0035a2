import type { ContractPhase } from './contract-keys.ts';
import type { Contract, ContractInterface, ContractItem, ContractItems } from './contract.ts';
import { parseExternName } from './extern-name-parts.ts';
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

/** The part of a contract that a text belongs to, an interface or the world itself: it decides what names mean. */
interface ContractPart {
  readonly phase: ContractPhase;
  readonly owner: Owner;
  readonly types: ReadonlyMap<string, TypeDef>;
}

/** A definition whose text has not been read yet. */
interface PendingDefinition {
  readonly def: Mutable<TypeDef>;
  readonly text: string;
  readonly part: ContractPart;
}

/** The longest chain of forward references. Generated contracts have few; a hostile one must not exhaust the stack. */
const MAX_CHAIN = 500;

/** Rebuilds a world from a contract: it declares every name first, and then defines what the names mean. */
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
  readonly #pending = new Map<TypeDef, PendingDefinition>();
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

  #read(phase: ContractPhase, source: ContractItems, world: Mutable<World>): void {
    const items = this.#items[phase];
    const part: ContractPart = { phase, owner: world, types: this.#worldTypes[phase] };
    for (const [key, value] of Object.entries(source)) {
      const item = this.#item(key, value, part);
      // The slot keeps the function's position in the order until its types are known.
      items.set(key, item ?? PENDING_FUNCTION);
      if (item === undefined) {
        this.#functions.push(() => {
          items.set(key, { tag: 'function', function: this.#func(key, value as string, part) });
        });
      }
    }
  }

  #item(key: string, value: ContractItem, part: ContractPart): WorldItem | undefined {
    if (typeof value !== 'string')
      return { tag: 'interface', interface: this.#interface(key, value, part.phase) };
    if (/^(?:(?:static )?(?:async )?func|constructor)\(/u.test(value)) return undefined;
    if (value.startsWith('interface ')) {
      const known = this.#items.imports.get(value.slice('interface '.length));
      if (known?.tag !== 'interface')
        throw new TypeError(`malformed contract: "${key}" is "${value}", which is not imported`);
      return { tag: 'interface', interface: known.interface };
    }
    const def = this.#declare(key, value, part);
    this.#worldTypes[part.phase].set(key, def);
    return { tag: 'type', type: def };
  }

  #interface(key: string, source: ContractInterface, phase: ContractPhase): Interface {
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
    // An import and an export of one interface may differ. The package keeps the first.
    const home = iface.package;
    if (home !== undefined && iface.name !== undefined && !home.interfaces.has(iface.name)) {
      (home.interfaces as Map<string, Interface>).set(iface.name, iface);
    }
    const part: ContractPart = { phase, owner: iface, types };
    for (const [name, text] of Object.entries(source.types ?? {}))
      types.set(name, this.#declare(name, text, part));
    for (const [name, text] of Object.entries(source.functions ?? {})) {
      this.#functions.push(() => functions.set(name, this.#func(name, text, part)));
    }
    return iface;
  }

  #declare(name: string, text: string, part: ContractPart): TypeDef {
    if (typeof text !== 'string')
      throw new TypeError(`malformed contract: the type "${name}" is not a string`);
    const def: Mutable<TypeDef> = { name, kind: UNDEFINED_YET, owner: part.owner };
    this.#pending.set(def, { def, text, part });
    this.#types.push(def);
    return def;
  }

  #define(known: TypeDef): void {
    const pending = this.#pending.get(known);
    if (pending === undefined) return;
    if (pending.def.kind === BEING_DEFINED)
      throw new TypeError(`malformed contract: the type "${known.name}" contains itself`);
    this.#chain += 1;
    if (this.#chain > MAX_CHAIN)
      throw new TypeError(
        `malformed contract: the type "${known.name}" refers to too long a chain of definitions`,
      );
    pending.def.kind = BEING_DEFINED;
    pending.def.kind = new TypeParser(pending.text, this.#scope(pending.part)).definition();
    this.#pending.delete(known);
    this.#chain -= 1;
  }

  #func(key: string, text: string, part: ContractPart): Func {
    if (typeof text !== 'string')
      throw new TypeError(`malformed contract: the function "${key}" is not a string`);
    const scope = this.#scope(part);
    const kind = funcKind(key, (name) => scope.lookup(name, undefined));
    return { name: funcName(key), kind, ...new TypeParser(text, scope).func(kind) };
  }

  #scope(part: ContractPart): TypeScope {
    return {
      lookup: (name, key) => {
        const def = key === undefined ? this.#local(name, part) : this.#foreign(name, key, part);
        if (def !== undefined) this.#define(def);
        return def;
      },
      isResource: (def) => resourceOf(def) !== undefined,
    };
  }

  #local(name: string, part: ContractPart): TypeDef | undefined {
    // The types of the world are one scope, whether imported or exported.
    return part.types.get(name) ?? ('types' in part.owner ? undefined : this.#worldTypes.imports.get(name));
  }

  #foreign(name: string, key: string, part: ContractPart): TypeDef | undefined {
    if (key === 'world') return this.#worldTypes[part.phase].get(name) ?? this.#worldTypes.imports.get(name);
    const plain = key.startsWith('import ') ? key.slice('import '.length) : key;
    const order =
      part.phase === 'exports' && plain === key
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

/** Placeholders that are recognised by identity and never leave the builder. */
const UNDEFINED_YET: TypeDefKind = { tag: 'resource' };
const BEING_DEFINED: TypeDefKind = { tag: 'resource' };
const PENDING_FUNCTION: WorldItem = {
  tag: 'function',
  function: { name: '', kind: { tag: 'freestanding' }, async: false, params: [] },
};

function funcKind(key: string, lookup: (name: string) => TypeDef | undefined): FuncKind {
  const { tag, resource: name } = parseExternName(key);
  if (tag === 'freestanding') return { tag };
  const resource = lookup(name);
  if (resource === undefined)
    throw new TypeError(`malformed contract: the resource of "${key}" is not in its interface`);
  return { tag, resource };
}

function funcName(key: string): string {
  const { tag, resource, member } = parseExternName(key);
  return tag === 'constructor' ? resource : member;
}
