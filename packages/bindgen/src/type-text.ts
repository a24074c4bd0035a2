import { isTaggedOption, numericType, typedArrays } from '@wit-ts/mapping';
import type { PrimitiveType, Type, TypeDef } from '@wit-ts/model';
import { code, globalType, join, type ImportSymbol, type Printable } from './print.ts';

/** Where a type is written: how the file names the types that WIT names, and the helper types. */
export interface Scope {
  mention(def: TypeDef): Printable;
  /** `undefined` where a file is to be free of dependencies. */
  helper(name: HelperType): ImportSymbol | undefined;
}

/** The types that generated code has from the runtime. */
export type HelperType = 'Result' | 'Option';

/** The TypeScript for values of a type. */
export function typeText(type: Type, scope: Scope): Printable {
  return new TypeWriter(scope).text(type);
}

/** The TypeScript for what a named type stands for. */
export function definitionText(def: TypeDef, scope: Scope): Printable {
  return new TypeWriter(scope).structure(def);
}

const PRIMITIVES: Readonly<Record<Exclude<PrimitiveType, 'error-context'>, string>> = {
  bool: 'boolean',
  u8: 'number',
  u16: 'number',
  u32: 'number',
  u64: 'bigint',
  s8: 'number',
  s16: 'number',
  s32: 'number',
  s64: 'bigint',
  f32: 'number',
  f64: 'number',
  char: 'string',
  string: 'string',
};

/** Longer lists of a fixed length are written as arrays. */
const TUPLE_LIMIT = 16;

/** Anonymous types of a hostile component can share parts, so that their text is exponential. */
const SIZE_LIMIT = 10_000;

/** As deep as WIT's text can nest. */
const DEPTH_LIMIT = 100;

class TypeWriter {
  readonly #scope: Scope;
  #size = 0;
  #depth = 0;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  text(type: Type): Printable {
    if (typeof type === 'object')
      return type.name === undefined ? this.structure(type) : this.#scope.mention(type);
    return type === 'error-context' ? globalType('Error') : PRIMITIVES[type];
  }

  structure(def: TypeDef): Printable {
    this.#size += 1;
    if (this.#size > SIZE_LIMIT || this.#depth === DEPTH_LIMIT) {
      throw new RangeError('A type is too large to be written out; give its parts names.');
    }
    this.#depth += 1;
    const text = this.#structure(def);
    this.#depth -= 1;
    return text;
  }

  #structure(def: TypeDef): Printable {
    const { kind } = def;
    switch (kind.tag) {
      case 'alias':
        return this.text(kind.type);
      case 'own':
      case 'borrow':
        return this.#scope.mention(kind.resource);
      case 'tuple':
        return code`[${this.#list(kind.types)}]`;
      case 'list': {
        const numeric = numericType(kind.element);
        return numeric === undefined ? this.#array(kind.element) : globalType(typedArrays[numeric]);
      }
      case 'fixed-length-list':
        return kind.length > TUPLE_LIMIT
          ? this.#array(kind.element)
          : code`[${this.#list(Array.from({ length: kind.length }, () => kind.element))}]`;
      case 'map':
        return code`${globalType('Map')}<${this.#list([kind.key, kind.value])}>`;
      case 'option':
        return isTaggedOption(def) ? this.#boxed(kind.type) : code`${this.text(kind.type)} | undefined`;
      case 'result':
        return this.#result(kind.ok, kind.err);
      case 'future':
        return code`${globalType('PromiseLike')}<${this.#payload(kind.payload)}>`;
      case 'stream':
        return code`${globalType('AsyncIterable')}<${this.#payload(kind.payload)}>`;
      case 'record':
      case 'flags':
      case 'variant':
      case 'enum':
      case 'resource':
        throw new TypeError(`a ${kind.tag} without a name cannot be written out`);
    }
  }

  #list(types: readonly Type[]): Printable {
    return join(
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
    if (type.kind.tag === 'result') return this.#scope.helper('Result') === undefined;
    return type.kind.tag === 'option';
  }

  #boxed(payload: Type): Printable {
    const helper = this.#scope.helper('Option');
    const text = this.text(payload);
    return helper === undefined
      ? code`{ tag: "none" } | { tag: "some"; val: ${text} }`
      : code`${helper}<${text}>`;
  }

  #result(ok: Type | undefined, err: Type | undefined): Printable {
    const helper = this.#scope.helper('Result');
    if (helper !== undefined) return code`${helper}<${this.#payload(ok)}, ${this.#payload(err)}>`;
    const side = (tag: string, type: Type | undefined): Printable =>
      type === undefined ? `{ tag: "${tag}" }` : code`{ tag: "${tag}"; val: ${this.text(type)} }`;
    return code`${side('ok', ok)} | ${side('err', err)}`;
  }
}
