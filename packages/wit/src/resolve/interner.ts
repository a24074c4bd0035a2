import type { Type, TypeDef, TypeDefKind } from '@wit-ts/model';

/** Finds anonymous types of the same structure, so that a package holds `list<u8>` once. */
export class Interner {
  readonly #ids = new Map<TypeDef, number>();
  readonly #types = new Map<string, TypeDef>();

  /** The type of this structure, made where there is none yet. */
  intern(kind: TypeDefKind, make: () => TypeDef): TypeDef {
    const key = this.#key(kind);
    const known = this.#types.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#types.set(key, made);
    return made;
  }

  #key(kind: TypeDefKind): string {
    switch (kind.tag) {
      case 'tuple':
        return `tuple ${kind.types.map((type) => this.#id(type)).join(' ')}`;
      case 'option':
        return `option ${this.#id(kind.type)}`;
      case 'list':
        return `list ${this.#id(kind.element)}`;
      case 'fixed-length-list':
        return `list ${this.#id(kind.element)} ${kind.length}`;
      case 'map':
        return `map ${this.#id(kind.key)} ${this.#id(kind.value)}`;
      case 'result':
        return `result ${this.#optional(kind.ok)} ${this.#optional(kind.err)}`;
      case 'future':
      case 'stream':
        return `${kind.tag} ${this.#optional(kind.payload)}`;
      case 'borrow':
        return `borrow ${this.#id(kind.resource)}`;
      default:
        throw new TypeError(`a ${kind.tag} has no anonymous form`);
    }
  }

  #optional(type: Type | undefined): string {
    return type === undefined ? '_' : this.#id(type);
  }

  #id(type: Type): string {
    if (typeof type === 'string') return type;
    let id = this.#ids.get(type);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(type, id);
    }
    return `#${id}`;
  }
}
