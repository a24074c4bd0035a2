import { interfaceName } from './names.ts';
import { funcText, idText, typeDefText, type TypeTextOptions } from './type-text.ts';
import type { Func, Interface, TypeDef, World, WorldItem } from './types.ts';

/** The parts of a contract, which are also its keys. */
export type ContractPhase = 'imports' | 'exports' | 'uses';

export type InterfaceItem = Extract<WorldItem, { tag: 'interface' }>;

/** Returns the text of a type in a contract. @throws RangeError if it is too long */
export function contractDefText(def: TypeDef, options: TypeTextOptions): string {
  const text = typeDefText(def, options);
  const { kind } = def;
  const foreign =
    kind.tag === 'alias' &&
    typeof kind.type === 'object' &&
    text.endsWith('}') &&
    kind.type.name !== undefined;
  return whole(foreign ? `use ${text}` : text, def.name);
}

/** Returns the text of a function in a contract. @throws RangeError if it is too long */
export function contractFuncText(func: Func, options: TypeTextOptions): string {
  return whole(funcText(func, options), func.name);
}

const LIMIT = 1_000_000;

/** Returns a text as it is. @throws RangeError if something was left out of it */
function whole(text: string, name: string | undefined): string {
  if (!text.includes('…')) return text;
  throw new RangeError(`the type of "${name}" is too large to be written out: name its parts`);
}

/** The keys under which the interfaces of a world can be reached. */
export class ContractKeys {
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

  /** Returns the key of the import that is the same interface, if an item is described by it. */
  sameAs(item: InterfaceItem, key: string, phase: ContractPhase): string | undefined {
    const known = this.imports.get(item.interface);
    const isFirst = phase === 'imports' && known === key;
    return isFirst || this.#isPart(item, known) ? undefined : known;
  }

  /** Returns whether an item, or the import of the same interface, contains only a part of the interface. */
  #isPart(item: InterfaceItem, imported: string | undefined): boolean {
    const other = imported === undefined ? undefined : this.#world.imports.get(imported);
    return item.only !== undefined || (other?.tag === 'interface' && other.only !== undefined);
  }

  /** Returns how types are printed within an interface, or at the level of the world. */
  textOptions(phase: ContractPhase, scope?: Interface): TypeTextOptions {
    const nameOf = (def: TypeDef): string => {
      const { owner } = def;
      const id = idText(def.name ?? '');
      if (owner === undefined || owner === scope) return id;
      if (!('functions' in owner)) return scope === undefined ? id : `world.{${id}}`;
      return `${this.#keyOf(owner, phase)}.{${id}}`;
    };
    return { nameOf, limit: LIMIT };
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
