import { jsTypeOf } from '@wit-ts/mapping';
import { partsOf, type Func, type Type, type TypeDef } from '@wit-ts/model';
import { code, globalType, joinPrintables, type ImportSymbol, type Printable } from './printable.ts';

/** How a file names types. */
export interface TypeNames {
  /** The name of a type that has a name in WIT. */
  named(def: TypeDef): Printable;
  /** A helper type of the runtime; `undefined` in a file that must not depend on it. */
  helper(name: HelperType): ImportSymbol | undefined;
  /** What the host gives for a function: its arguments, or its result. Undefined if the types are the same for both. */
  readonly gives: 'arguments' | 'result' | undefined;
  /** Whether a function that is synchronous in WIT may return a promise. */
  mayBeAsync(func: Func): boolean;
  /** What a comment says is thrown for the `err` of a result: `{ComponentError<Problem>}`. */
  thrown(payload: Printable): Printable;
}

/** The types that generated code has from the runtime. */
type HelperType = 'Result' | 'Option' | 'FromHost' | 'StreamFromHost';

/** Prints the type of the values of a WIT type. @param isGiven whether the host gives them */
export function typeCode(type: Type, names: TypeNames, isGiven = false): Printable {
  return new TypeWriter(names, isGiven).text(type);
}

/** Prints what a named type stands for. */
export function definitionText(def: TypeDef, names: TypeNames): Printable {
  return new TypeWriter(names, false).structure(def);
}

/** Anonymous types of a hostile component can share parts, so that their text is exponential. */
const SIZE_LIMIT = 10_000;

/** As deep as WIT's text can nest. */
const DEPTH_LIMIT = 100;

class TypeWriter {
  readonly #names: TypeNames;
  /** Whether arrays may be such that cannot be changed. */
  readonly #isGiven: boolean;
  #size = 0;
  #depth = 0;

  constructor(names: TypeNames, isGiven: boolean) {
    this.#names = names;
    this.#isGiven = isGiven;
  }

  text(type: Type): Printable {
    if (typeof type === 'object') return type.name === undefined ? this.structure(type) : this.#named(type);
    const { tag } = jsTypeOf(type);
    return tag === 'error' ? globalType('Error') : tag;
  }

  #named(def: TypeDef): Printable {
    const helper = this.#isGiven && hasArrays(def) ? this.#names.helper('FromHost') : undefined;
    const name = this.#names.named(def);
    return helper === undefined ? name : code`${helper}<${name}>`;
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
        return code`${this.#isGiven ? 'readonly ' : ''}[${this.#list(type.elements)}]`;
      case 'typed-array':
        return this.#typedArray(type.name);
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
        return this.#stream(type.payload);
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

  #stream(payload: Type | undefined): Printable {
    const helper = this.#isGiven ? this.#names.helper('StreamFromHost') : undefined;
    return code`${helper ?? globalType('AsyncIterable')}<${this.#payload(payload)}>`;
  }

  #typedArray(name: string): Printable {
    if (!this.#isGiven) return globalType(name);
    return code`${globalType(name)} | readonly ${name.startsWith('Big') ? 'bigint' : 'number'}[]`;
  }

  #array(element: Type): Printable {
    const text = this.text(element);
    if (this.#isGiven) {
      const isName = typeof element === 'string' || element.name !== undefined || NAMED.has(element.kind.tag);
      return isName ? code`readonly ${text}[]` : code`${globalType('ReadonlyArray')}<${text}>`;
    }
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
      type === undefined
        ? `{ tag: "${tag}"; val?: undefined }`
        : code`{ tag: "${tag}"; val: ${this.text(type)} }`;
    return code`${side('ok', ok)} | ${side('err', err)}`;
  }
}

/** For each type that was asked for: whether it contains arrays. */
const knownArrays = new WeakMap<TypeDef, boolean>();

/** Returns true if values of a type contain arrays. */
function hasArrays(def: TypeDef): boolean {
  const known = knownArrays.get(def);
  if (known !== undefined) return known;
  const seen = new Set<Type>([def]);
  let found = false;
  // The set grows while it is walked, and not a stack: hostile types nest deeply.
  for (const type of seen) {
    if (typeof type === 'string') continue;
    const { kind } = type;
    if (ARRAYS.has(kind.tag)) {
      found = true;
      break;
    }
    for (const part of partsOf(kind)) seen.add(part);
  }
  knownArrays.set(def, found);
  return found;
}

const ARRAYS: ReadonlySet<TypeDef['kind']['tag']> = new Set(['list', 'fixed-length-list', 'tuple']);

/** Types without a name whose text is that of a resource. */
const NAMED: ReadonlySet<TypeDef['kind']['tag']> = new Set(['own', 'borrow']);
