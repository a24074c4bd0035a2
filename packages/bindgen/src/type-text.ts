import { jsTypeOf, type JsType, type Settlement } from '@wit-ts/mapping';
import type { Func, Type, TypeDef } from '@wit-ts/model';
import { hasPart, type TypeTag } from './type-parts.ts';
import { code, globalType, joinPrintables, type ImportSymbol, type Printable } from './printable.ts';

/** How a file names types. */
export interface TypeNames {
  /** The name of a type that has a name in WIT. */
  named(def: TypeDef): Printable;
  /** A helper type of the runtime; `undefined` in a file that must not depend on it. */
  helper(name: HelperType): ImportSymbol | undefined;
  /**
   * What the reader of the file gives for a function: its arguments, or its result. Undefined if the types are the same
   * for both.
   */
  readonly gives: 'arguments' | 'result' | undefined;
  /** Whether an enum is an object of its names, and not only a type. */
  readonly constEnums: boolean;
  /** Whether the file is for a guest. */
  readonly isGuest: boolean;
  /** Whether the user lists a function that is synchronous in WIT as asynchronous. */
  isListed(func: Func): boolean;
  /** Whether an asynchronous function takes the options of a call after its arguments. */
  readonly takesOptions: boolean;
  /** What a comment says is thrown for the `err` of a result: `{ComponentError<Problem>}`. */
  thrown(payload: Printable): Printable;
}

/** The types that generated code has from the runtime. */
type HelperType =
  'Result' | 'Option' | 'FromHost' | 'Stream' | 'StreamSource' | 'Future' | 'FutureSource' | 'ErrorContext';

/** Prints the type of the values of a WIT type. @param isGiven whether the reader of the file gives them */
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
  /** Whether the reader of the file gives the values. */
  readonly #isGiven: boolean;
  /** Whether arrays may be such that cannot be changed. */
  readonly #isReadonly: boolean;
  #size = 0;
  #depth = 0;

  constructor(names: TypeNames, isGiven: boolean) {
    this.#names = names;
    this.#isGiven = isGiven;
    this.#isReadonly = isGiven && !names.isGuest;
  }

  text(type: Type): Printable {
    if (typeof type === 'object') return type.name === undefined ? this.structure(type) : this.#named(type);
    const { tag } = jsTypeOf(type);
    return tag === 'error' ? this.#error() : tag;
  }

  #error(): Printable {
    return (this.#isGiven ? undefined : this.#names.helper('ErrorContext')) ?? globalType('Error');
  }

  #named(def: TypeDef): Printable {
    const helper = this.#isGiven && hasGivenForm(def) ? this.#names.helper('FromHost') : undefined;
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
        return code`${this.#isReadonly ? 'readonly ' : ''}[${this.#list(type.elements)}]`;
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
        return this.#names.isGuest ? this.#guestFuture(type.payload) : this.#promise(type.settlement);
      case 'stream':
        return this.#stream(type);
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

  #promise({ value, thrown }: Settlement): Printable {
    const text = this.#payload(value);
    const helper =
      thrown.length === 0 ? undefined : this.#names.helper(this.#isGiven ? 'FutureSource' : 'Future');
    if (helper === undefined) return code`${globalType(this.#isGiven ? 'PromiseLike' : 'Promise')}<${text}>`;
    const errors = thrown.map(({ payload }) => this.#payload(payload));
    return code`${helper}<${text}, ${joinPrintables(errors, ' | ')}>`;
  }

  /** A guest gets an object that is no promise: a promise would join it with the promise of an asynchronous call. */
  #guestFuture(payload: Type | undefined): Printable {
    const promise = code`${globalType('Promise')}<${this.#payload(payload)}>`;
    const handle = code`{ read(): ${promise} }`;
    return this.#isGiven ? code`${promise} | ${handle}` : handle;
  }

  #stream({ element, chunk }: Extract<JsType, { readonly tag: 'stream' }>): Printable {
    const text = this.#payload(element);
    if (this.#isGiven) {
      const source = this.#names.helper('StreamSource');
      if (source !== undefined) return code`${source}<${text}>`;
    }
    const stream = this.#names.helper('Stream');
    if (stream !== undefined)
      return chunk === undefined ? code`${stream}<${text}>` : code`${stream}<${text}, ${globalType(chunk)}>`;
    // componentize-qjs has chunks for bytes only.
    const item = chunk === 'Uint8Array' ? globalType(chunk) : text;
    return code`${globalType('AsyncIterable')}<${item}>`;
  }

  #typedArray(name: string): Printable {
    if (!this.#isReadonly) return globalType(name);
    return code`${globalType(name)} | readonly ${name.startsWith('Big') ? 'bigint' : 'number'}[]`;
  }

  #array(element: Type): Printable {
    const text = this.text(element);
    if (this.#isReadonly) {
      const isName = typeof element === 'string' || element.name !== undefined || NAMED.has(element.kind.tag);
      return isName ? code`readonly ${text}[]` : code`${globalType('ReadonlyArray')}<${text}>`;
    }
    return this.#isUnion(element) ? code`${globalType('Array')}<${text}>` : code`${text}[]`;
  }

  #isUnion(type: Type): boolean {
    if (typeof type === 'string' || type.name !== undefined) return false;
    if (type.kind.tag === 'result') return this.#names.helper('Result') === undefined;
    if (type.kind.tag === 'future') return this.#isGiven && this.#names.isGuest;
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

/** For each type that was asked for: whether a host may give its values in another form. */
const knownForms = new WeakMap<TypeDef, boolean>();

/** Returns true if a host may give values of a type in another form than it receives them. */
function hasGivenForm(def: TypeDef): boolean {
  let known = knownForms.get(def);
  if (known === undefined) {
    known = hasPart([def], GIVEN_FORMS);
    knownForms.set(def, known);
  }
  return known;
}

const GIVEN_FORMS: ReadonlySet<TypeTag> = new Set([
  'list',
  'fixed-length-list',
  'tuple',
  'stream',
  'future',
  'error-context',
]);

/** Types without a name whose text is that of a resource. */
const NAMED: ReadonlySet<TypeDef['kind']['tag']> = new Set(['own', 'borrow']);
