import { ContractBuilder } from './contract-parse.ts';
import { functionsOf, typesOf } from './members.ts';
import { externName, interfaceName, qualifiedName } from './names.ts';
import { funcText, idText, typeDefText } from './type-text.ts';
import type { Func, Interface, TypeDef, World, WorldItem } from './types.ts';

/**
 * A world as compact, readable JSON. Generated code contains it as a constant, so that the runtime can verify a
 * component against the world that the host was written for.
 *
 * ```json
 * {
 *   "world": "example:service/edge-handler",
 *   "imports": {
 *     "example:service/processor": {
 *       "types": { "metadata": "record { id: u64, tags: list<string> }" },
 *       "functions": { "process-data": "func(input: string, meta: metadata) -> result<string, string>" }
 *     }
 *   },
 *   "exports": { "handle-request": "func(req: string) -> string" }
 * }
 * ```
 *
 * It has no documentation, gates or external ids.
 */
export interface Contract {
  /** `ns:pkg/world@version`, or the plain name of a world without a package. */
  readonly world: string;
  readonly imports: ContractItems;
  readonly exports: ContractItems;
  /** Interfaces that the world reaches only through `use`. */
  readonly uses?: ContractItems;
}

export interface ContractItems {
  readonly [name: string]: ContractItem;
}

/**
 * One item of a world:
 *
 * - an object: an interface;
 * - `func(…)` or `async func(…)`: a function;
 * - `interface KEY`: the same interface as the import `KEY`;
 * - any other text: a type, as in `ContractInterface.types`.
 */
export type ContractItem = string | ContractInterface;

export interface ContractInterface {
  /** The full name of the interface if it is not the key, as in `import label: ns:pkg/iface`. */
  readonly implements?: string;
  /**
   * The text after the type's name and `=`: `record { id: u64 }`, `list<u8>`, `resource`, or `use KEY.{name}` for a
   * type of another interface. `KEY` is the key of an import, export or use. In exports, exports take precedence over
   * imports unless the text says `import KEY`. `world` means the types of the world itself.
   */
  readonly types?: { readonly [name: string]: string };
  /** By annotated name (`[method]file.read`). The `self` of a method is left out. */
  readonly functions?: { readonly [name: string]: string };
}

/**
 * Describes a world as a contract.
 *
 * @throws RangeError if the text of a type is too long: anonymous types of hostile components can share parts in such a
 * way that their text is exponential
 */
export function contractOf(world: World): Contract {
  const keys = new ContractKeys(world);
  const imports = items(world.imports, 'imports', keys);
  const exports = items(world.exports, 'exports', keys);
  const uses = record<ContractItem>();
  // Describing one interface may reach others.
  for (const [key, iface] of keys.uses) {
    uses[key] = describe({ tag: 'interface', interface: iface }, key, 'uses', keys);
  }
  return {
    world: world.package === undefined ? world.name : qualifiedName(world.package.name, world.name),
    imports,
    exports,
    ...(keys.uses.size === 0 ? {} : { uses }),
  };
}

/**
 * Rebuilds a world from its contract. Interfaces, types and functions get their names, packages and identities back: a
 * `use`d type is an alias of the type that it names.
 *
 * @throws TypeError if the contract is malformed; the message names the item and the character
 */
export function worldOf(contract: Contract): World {
  return new ContractBuilder(contract).world;
}

/** The parts of a contract, which are also its keys. */
export type ContractPhase = 'imports' | 'exports' | 'uses';

function items(
  source: ReadonlyMap<string, WorldItem>,
  phase: ContractPhase,
  keys: ContractKeys,
): ContractItems {
  const out = record<ContractItem>();
  for (const [key, item] of source) {
    if (item.tag === 'type') out[key] = defText(item.type, phase, keys);
    else if (item.tag === 'function') out[key] = functionText(item.function, phase, keys);
    else {
      const known = keys.imports.get(item.interface);
      const first = known === undefined || (phase === 'imports' && known === key);
      out[key] = first || keys.isPart(item, known) ? describe(item, key, phase, keys) : `interface ${known}`;
    }
  }
  return out;
}

type InterfaceItem = Extract<WorldItem, { tag: 'interface' }>;

function describe(
  item: InterfaceItem,
  key: string,
  phase: ContractPhase,
  keys: ContractKeys,
): ContractInterface {
  const iface = item.interface;
  const name = interfaceName(iface);
  const types = record<string>();
  const [itsTypes, itsFunctions] = [typesOf(item), functionsOf(item)];
  for (const [id, def] of itsTypes) types[id] = defText(def, phase, keys, iface);
  const functions = record<string>();
  for (const func of itsFunctions.values())
    functions[externName(func)] = functionText(func, phase, keys, iface);
  return {
    ...(name === undefined || name === key ? {} : { implements: name }),
    ...(itsTypes.size === 0 ? {} : { types }),
    ...(itsFunctions.size === 0 ? {} : { functions }),
  };
}

function defText(def: TypeDef, phase: ContractPhase, keys: ContractKeys, scope?: Interface): string {
  const text = typeDefText(def, { nameOf: keys.namer(phase, scope), limit: LIMIT });
  const { kind } = def;
  const foreign =
    kind.tag === 'alias' &&
    typeof kind.type === 'object' &&
    text.endsWith('}') &&
    kind.type.name !== undefined;
  return whole(foreign ? `use ${text}` : text, def.name);
}

function functionText(func: Func, phase: ContractPhase, keys: ContractKeys, scope?: Interface): string {
  return whole(funcText(func, { nameOf: keys.namer(phase, scope), limit: LIMIT }), func.name);
}

const LIMIT = 1_000_000;

function whole(text: string, name: string | undefined): string {
  if (!text.includes('…')) return text;
  throw new RangeError(`the type of "${name}" is too large to be written out: name its parts`);
}

/** The keys under which the interfaces of a world can be reached. */
class ContractKeys {
  readonly imports = new Map<Interface, string>();
  readonly exports = new Map<Interface, string>();
  readonly uses = new Map<string, Interface>();
  readonly #usesOf = new Map<Interface, string>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    for (const phase of ['imports', 'exports'] as const) {
      for (const [key, item] of world[phase]) {
        if (item.tag === 'interface' && !this[phase].has(item.interface))
          this[phase].set(item.interface, key);
      }
    }
  }

  /** Returns whether an item, or the import of the same interface, contains only a part of the interface. */
  isPart(item: InterfaceItem, imported: string | undefined): boolean {
    const other = imported === undefined ? undefined : this.#world.imports.get(imported);
    return item.only !== undefined || (other?.tag === 'interface' && other.only !== undefined);
  }

  /** Returns a function that prints the name of a type within an interface, or at the level of the world. */
  namer(phase: ContractPhase, scope: Interface | undefined): (def: TypeDef) => string {
    return (def) => {
      const { owner } = def;
      const id = idText(def.name ?? '');
      if (owner === undefined || owner === scope) return id;
      if (!('functions' in owner)) return scope === undefined ? id : `world.{${id}}`;
      return `${this.#keyOf(owner, phase)}.{${id}}`;
    };
  }

  #keyOf(iface: Interface, phase: ContractPhase): string {
    const exported = phase === 'exports' ? this.exports.get(iface) : undefined;
    if (exported !== undefined) return exported;
    const imported = this.imports.get(iface);
    if (imported !== undefined) {
      return phase === 'exports' && this.#world.exports.has(imported) ? `import ${imported}` : imported;
    }
    const used = this.#usesOf.get(iface);
    if (used !== undefined) return used;
    let key = this.exports.get(iface) ?? interfaceName(iface) ?? 'interface';
    while (this.uses.has(key) || this.#world.imports.has(key)) key = `${key}'`;
    this.uses.set(key, iface);
    this.#usesOf.set(iface, key);
    return key;
  }
}

/** Creates an object without a prototype, so that no name of a world can reach one. */
function record<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
