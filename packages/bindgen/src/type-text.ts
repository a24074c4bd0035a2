import { jsTypeOf } from '@wit-ts/mapping';
import type { Type, TypeDef } from '@wit-ts/model';
import { code, globalType, joinPrintables, type ImportSymbol, type Printable } from './printable.ts';

/** How a file names types. */
export interface TypeNames {
  /** The name of a type that has a name in WIT. */
  named(def: TypeDef): Printable;
  /** A helper type of the runtime; `undefined` in a file that must not depend on it. */
  helper(name: HelperType): ImportSymbol | undefined;
  /** What a comment says is thrown for the `err` of a result: `{ComponentError<Problem>}`. */
  thrown(payload: Printable): Printable;
}

/** The types that generated code has from the runtime. */
type HelperType = 'Result' | 'Option';

/** Prints the type of the values of a WIT type. */
export function typeCode(type: Type, names: TypeNames): Printable {
  return new TypeWriter(names).text(type);
}

/** Prints what a named type stands for. */
export function definitionText(def: TypeDef, names: TypeNames): Printable {
  return new TypeWriter(names).structure(def);
}

/** Anonymous types of a hostile component can share parts, so that their text is exponential. */
const SIZE_LIMIT = 10_000;

/** As deep as WIT's text can nest. */
const DEPTH_LIMIT = 100;

class TypeWriter {
  readonly #names: TypeNames;
  #size = 0;
  #depth = 0;

  constructor(names: TypeNames) {
    this.#names = names;
  }

  text(type: Type): Printable {
    if (typeof type === 'object')
      return type.name === undefined ? this.structure(type) : this.#names.named(type);
    const { tag } = jsTypeOf(type);
    return tag === 'error' ? globalType('Error') : tag;
  }

  structure(def: TypeDef): Printable {
    this.#size += 1;
    if (this.#size > SIZE_LIMIT || this.#depth === DEPTH_LIMIT) {
      throw new RangeError('A type is too large to be written out; give its parts names.');
    }
    this.#depth += 1;
    const text = def.kind.tag === 'alias' ? this.text(def.kind.type) : this.#structure(def);
    this.#depth -= 1;
    return text;
  }

  #structure(def: TypeDef): Printable {
    const type = jsTypeOf(def);
    switch (type.tag) {
      case 'object':
        return this.#names.named(type.resource);
      case 'tuple':
        return code`[${this.#list(type.elements)}]`;
      case 'typed-array':
        return globalType(type.name);
      case 'array':
        return this.#array(type.element);
      case 'map':
        return code`${globalType('Map')}<${this.#list([type.key, type.value])}>`;
      case 'plain-option':
        return code`${this.text(type.payload)} | undefined`;
      case 'tagged-option':
        return this.#taggedOption(type.payload);
      case 'result':
        return this.#result(type.ok, type.err);
      case 'promise':
        return code`${globalType('PromiseLike')}<${this.#payload(type.payload)}>`;
      case 'async-iterable':
        return code`${globalType('AsyncIterable')}<${this.#payload(type.payload)}>`;
      default:
        throw new TypeError(`a ${def.kind.tag} without a name cannot be written out`);
    }
  }

  #list(types: readonly Type[]): Printable {
    return joinPrintables(
      types.map((type) => this.text(type)),
      ', ',
    );
  }

  #payload(type: Type | undefined): Printable {
    return type === undefined ? 'void' : this.text(type);
  }

  #array(element: Type): Printable {
    const text = this.text(element);
    return this.#isUnion(element) ? code`${globalType('Array')}<${text}>` : code`${text}[]`;
  }

  #isUnion(type: Type): boolean {
    if (typeof type === 'string' || type.name !== undefined) return false;
    if (type.kind.tag === 'result') return this.#names.helper('Result') === undefined;
    return type.kind.tag === 'option';
  }

  #taggedOption(payload: Type): Printable {
    const helper = this.#names.helper('Option');
    const text = this.text(payload);
    return helper === undefined
      ? code`{ tag: "none" } | { tag: "some"; val: ${text} }`
      : code`${helper}<${text}>`;
  }

  #result(ok: Type | undefined, err: Type | undefined): Printable {
    const helper = this.#names.helper('Result');
    if (helper !== undefined) return code`${helper}<${this.#payload(ok)}, ${this.#payload(err)}>`;
    const side = (tag: string, type: Type | undefined): Printable =>
      type === undefined ? `{ tag: "${tag}" }` : code`{ tag: "${tag}"; val: ${this.text(type)} }`;
    return code`${side('ok', ok)} | ${side('err', err)}`;
  }
}
