import {
  contractDefText,
  contractFuncText,
  ContractKeys,
  type ContractPhase,
  type InterfaceItem,
} from './contract-keys.ts';
import { ContractBuilder } from './contract-parse.ts';
import { functionsOf, typesOf } from './members.ts';
import { externName, interfaceName, qualifiedName } from './names.ts';
import type { World, WorldItem } from './types.ts';

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

function items(
  source: ReadonlyMap<string, WorldItem>,
  phase: ContractPhase,
  keys: ContractKeys,
): ContractItems {
  const out = record<ContractItem>();
  const options = keys.textOptions(phase);
  for (const [key, item] of source) {
    if (item.tag === 'type') out[key] = contractDefText(item.type, options);
    else if (item.tag === 'function') out[key] = contractFuncText(item.function, options);
    else {
      const same = keys.sameAs(item, key, phase);
      out[key] = same === undefined ? describe(item, key, phase, keys) : `interface ${same}`;
    }
  }
  return out;
}

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
  const options = keys.textOptions(phase, iface);
  for (const [id, def] of itsTypes) types[id] = contractDefText(def, options);
  const functions = record<string>();
  for (const func of itsFunctions.values()) functions[externName(func)] = contractFuncText(func, options);
  return {
    ...(name === undefined || name === key ? {} : { implements: name }),
    ...(itsTypes.size === 0 ? {} : { types }),
    ...(itsFunctions.size === 0 ? {} : { functions }),
  };
}

/** Creates an object without a prototype, so that no name of a world can reach one. */
function record<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
