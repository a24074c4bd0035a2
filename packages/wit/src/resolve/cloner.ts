import type { Interface, Owner, Package, Type, TypeDef, TypeDefKind, WorldItem } from '@wit-ts/model';
import { externName } from '@wit-ts/model';
import { containsBorrow } from './contains-borrow.ts';
import type { NewFunc } from './functions.ts';
import type { NewInterface, NewTypeDef, Resolution } from './resolution.ts';

/**
 * Copies the definitions of a world into a world that includes it, because each world has its own types. The contents
 * of named interfaces are shared.
 */
export class Cloner {
  readonly #resolution: Resolution;
  readonly #types: Map<TypeDef, TypeDef>;
  readonly #from: Owner;
  readonly #to: Owner;

  constructor(resolution: Resolution, from: Owner, to: Owner, types = new Map<TypeDef, TypeDef>()) {
    this.#resolution = resolution;
    this.#from = from;
    this.#to = to;
    this.#types = types;
  }

  /** Returns a copy of an import or export with a plain name, under a new name. */
  item(item: WorldItem, name: string, pkg: Package): WorldItem {
    switch (item.tag) {
      case 'type': {
        const type: NewTypeDef = this.#typeDef(item.type);
        type.name = name;
        return { tag: 'type', type };
      }
      case 'function': {
        const made = this.#func(item.function);
        if (made.kind.tag === 'freestanding') made.name = name;
        if (made.kind.tag === 'constructor') made.name = made.kind.resource.name ?? made.name;
        return { tag: 'function', function: made };
      }
      case 'interface':
        if (item.interface.name !== undefined) return item;
        return { ...item, interface: this.#interface(item.interface, pkg) };
    }
  }

  #interface(old: Interface, pkg: Package): NewInterface {
    const made: NewInterface = { ...old, types: new Map(), functions: new Map(), package: pkg, cloneOf: old };
    const inner = new Cloner(this.#resolution, old, made, this.#types);
    for (const [name, type] of old.types) made.types.set(name, inner.#typeDef(type));
    for (const func of old.functions.values()) {
      const copy = inner.#func(func);
      made.functions.set(externName(copy), copy);
    }
    this.#note(old, made);
    this.#resolution.interfaces.push(made);
    return made;
  }

  #func(old: NewFunc): NewFunc {
    const made: NewFunc = { ...old };
    if (made.kind.tag !== 'freestanding') {
      made.kind = { tag: made.kind.tag, resource: this.#typeDef(made.kind.resource) };
    }
    made.params = old.params.map((param) => this.#note(param, { ...param, type: this.#type(param.type) }));
    if (old.result !== undefined) made.result = this.#type(old.result);
    return this.#note(old, made);
  }

  #type(type: Type): Type {
    return typeof type === 'string' ? type : this.#typeDef(type);
  }

  #typeDef(old: TypeDef): TypeDef {
    const known = this.#types.get(old);
    if (known !== undefined) return known;
    const made: NewTypeDef = { ...old, kind: this.#kind(old.kind) };
    if (made.owner !== undefined) made.owner = this.#to;
    this.#types.set(old, made);
    this.#note(old, made);
    const { types, resources, borrowing } = this.#resolution;
    types.push(made);
    if (resources.has(old)) resources.add(made);
    if (containsBorrow(made.kind, borrowing)) borrowing.add(made);
    return made;
  }

  #kind(kind: TypeDefKind): TypeDefKind {
    switch (kind.tag) {
      case 'alias':
        return { tag: 'alias', type: this.#aliased(kind.type) };
      case 'own':
      case 'borrow':
        return { tag: kind.tag, resource: this.#typeDef(kind.resource) };
      case 'record':
        return { ...kind, fields: kind.fields.map((field) => this.#part(field)) };
      case 'variant':
        return { ...kind, cases: kind.cases.map((item) => this.#part(item)) };
      case 'tuple':
        return { ...kind, types: kind.types.map((type) => this.#type(type)) };
      case 'option':
        return { ...kind, type: this.#type(kind.type) };
      case 'list':
      case 'fixed-length-list':
        return { ...kind, element: this.#type(kind.element) };
      case 'map':
        return { ...kind, key: this.#type(kind.key), value: this.#type(kind.value) };
      case 'result': {
        const ok = kind.ok === undefined ? {} : { ok: this.#type(kind.ok) };
        return { ...kind, ...ok, ...(kind.err === undefined ? {} : { err: this.#type(kind.err) }) };
      }
      case 'future':
      case 'stream':
        return kind.payload === undefined ? kind : { ...kind, payload: this.#type(kind.payload) };
      case 'flags':
      case 'enum':
      case 'resource':
        return kind;
    }
  }

  /** Copies the target of an alias if the world defines it, and shares it if an interface does. */
  #aliased(type: Type): Type {
    if (typeof type === 'string') return type;
    return type.owner === this.#from ? this.#typeDef(type) : (this.#types.get(type) ?? type);
  }

  #part<T extends { readonly type?: Type }>(part: T): T {
    return part.type === undefined ? part : this.#note(part, { ...part, type: this.#type(part.type) });
  }

  #note<T extends object>(old: T, made: T): T {
    const span = this.#resolution.spans.get(old);
    if (span !== undefined) this.#resolution.spans.set(made, span);
    return made;
  }
}
