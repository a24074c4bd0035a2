import { jsTypeOf, type JsType, type Settlement } from '@wit-ts/mapping';
import type { Func, Type, TypeDef } from '@wit-ts/model';
import type { TypeForms } from './module-layout.ts';
import { hasPart, type TypeTag } from './type-parts.ts';
import {
  arrayType,
  generic,
  keyword,
  objectType,
  readonlyType,
  tupleType,
  namedType,
  unionType,
  type TypeText,
} from './layout/type-layout.ts';
import { propertyLayout, signatureLayout } from './layout/declaration-layout.ts';
import { stringLiteral, globalType, type ImportSymbol, type Printable } from './printable.ts';

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
  readonly forms: TypeForms;
  /** Whether the file is for a guest. */
  readonly isGuest: boolean;
  /** Whether the user lists a function that is synchronous in WIT as asynchronous. */
  isListed(func: Func): boolean;
  /** Whether an asynchronous function takes the options of a call after its arguments. */
  readonly takesOptions: boolean;
  /** What a comment says is thrown for the `err` of a result: `{ComponentError<Problem>}`. */
  thrown(payload: TypeText): Printable;
}

/** The types that generated code has from the runtime. */
type HelperType =
  'Result' | 'Option' | 'FromHost' | 'Stream' | 'StreamSource' | 'Future' | 'FutureSource' | 'ErrorContext';

/** Prints the type of the values of a WIT type. @param isGiven whether the reader of the file gives them */
export function typeCode(type: Type, names: TypeNames, isGiven = false): TypeText {
  return new TypeWriter(names, isGiven).text(type);
}

/** Prints a type for a comment, without the helper types of the runtime: they would be imported for it only. */
export function commentedType(type: Type, names: TypeNames): TypeText {
  return new TypeWriter(names, false, false).text(type);
}

/** Prints what a named type stands for. */
export function definitionText(def: TypeDef, names: TypeNames): TypeText {
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
  readonly #hasHelpers: boolean;
  #size = 0;
  #depth = 0;

  constructor(names: TypeNames, isGiven: boolean, hasHelpers = true) {
    this.#names = names;
    this.#hasHelpers = hasHelpers;
    this.#isGiven = isGiven;
    this.#isReadonly = isGiven && !names.isGuest;
  }

  text(type: Type): TypeText {
    if (typeof type === 'object') return type.name === undefined ? this.structure(type) : this.#named(type);
    const { tag } = jsTypeOf(type, this.#names.forms.choices);
    return tag === 'error' ? this.#error() : keyword(tag);
  }

  #helper(name: HelperType): ImportSymbol | undefined {
    return this.#hasHelpers ? this.#names.helper(name) : undefined;
  }

  #error(): TypeText {
    return namedType((this.#isGiven ? undefined : this.#helper('ErrorContext')) ?? globalType('Error'));
  }

  #named(def: TypeDef): TypeText {
    const helper = this.#isGiven && hasGivenForm(def) ? this.#helper('FromHost') : undefined;
    const name = namedType(this.#names.named(def));
    return helper === undefined ? name : generic(helper, name);
  }

  structure(def: TypeDef): TypeText {
    this.#size += 1;
    if (this.#size > SIZE_LIMIT || this.#depth === DEPTH_LIMIT) {
      throw new RangeError('A type is too large to be written out; give its parts names.');
    }
    this.#depth += 1;
    const text = def.kind.tag === 'alias' ? this.text(def.kind.type) : this.#structure(def);
    this.#depth -= 1;
    return text;
  }

  #structure(def: TypeDef): TypeText {
    const type = jsTypeOf(def, this.#names.forms.choices);
    switch (type.tag) {
      case 'object':
        return namedType(this.#names.named(type.resource));
      case 'tuple': {
        const tuple = tupleType(type.elements.map((element) => this.text(element)));
        return this.#isReadonly ? readonlyType(tuple) : tuple;
      }
      case 'typed-array':
        return this.#typedArray(type.name);
      case 'array':
        return this.#array(type.element);
      case 'map':
        return generic(globalType('Map'), this.text(type.key), this.text(type.value));
      case 'plain-option':
        return unionType(this.text(type.payload), keyword('undefined'));
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

  #payload(type: Type | undefined): TypeText {
    return type === undefined ? keyword('void') : this.text(type);
  }

  #promise({ value, thrown }: Settlement): TypeText {
    const text = this.#payload(value);
    const helper = thrown.length === 0 ? undefined : this.#helper(this.#isGiven ? 'FutureSource' : 'Future');
    if (helper === undefined) return generic(globalType(this.#isGiven ? 'PromiseLike' : 'Promise'), text);
    const [error, ...errors] = thrown.map(({ payload }) => this.#payload(payload));
    return generic(helper, text, errors.length === 0 ? error! : unionType(error!, ...errors));
  }

  /** A guest gets an object that is no promise: a promise would join it with the promise of an asynchronous call. */
  #guestFuture(payload: Type | undefined): TypeText {
    // Each occurrence has layout nodes of its own, because one may break and the other not.
    const promise = (): TypeText => generic(globalType('Promise'), this.#payload(payload));
    const handle = objectType(['read', signatureLayout([], promise())]);
    return this.#isGiven ? unionType(promise(), handle) : handle;
  }

  #stream({ element, chunk }: Extract<JsType, { readonly tag: 'stream' }>): TypeText {
    const text = this.#payload(element);
    if (this.#isGiven) {
      const source = this.#helper('StreamSource');
      if (source !== undefined) return generic(source, text);
    }
    const stream = this.#helper('Stream');
    if (stream !== undefined)
      return chunk === undefined
        ? generic(stream, text)
        : generic(stream, text, namedType(globalType(chunk)));
    // componentize-qjs has chunks for bytes only.
    return generic(globalType('AsyncIterable'), chunk === 'Uint8Array' ? namedType(globalType(chunk)) : text);
  }

  #typedArray(name: string): TypeText {
    const array = namedType(globalType(name));
    if (!this.#isReadonly) return array;
    return unionType(array, readonlyType(arrayType(keyword(name.startsWith('Big') ? 'bigint' : 'number'))));
  }

  #array(element: Type): TypeText {
    const text = this.text(element);
    if (this.#isReadonly) {
      const isName = typeof element === 'string' || element.name !== undefined || NAMED.has(element.kind.tag);
      return isName ? readonlyType(arrayType(text)) : generic(globalType('ReadonlyArray'), text);
    }
    return text.form === 'union' ? generic(globalType('Array'), text) : arrayType(text);
  }

  #taggedOption(payload: Type): TypeText {
    const helper = this.#helper('Option');
    const text = this.text(payload);
    return helper === undefined
      ? unionType(objectType('tag: "none"'), taggedObject('some', text))
      : generic(helper, text);
  }

  #result(ok: Type | undefined, err: Type | undefined): TypeText {
    const helper = this.#helper('Result');
    if (helper !== undefined) return generic(helper, this.#payload(ok), this.#payload(err));
    const side = (tag: string, type: Type | undefined): TypeText =>
      type === undefined
        ? objectType(`tag: "${tag}"`, 'val?: undefined')
        : taggedObject(tag, this.text(type));
    return unionType(side('ok', ok), side('err', err));
  }
}

/** Returns the type of one case: `{ tag: "some"; val: string }`. */
export function taggedObject(tag: string, payload: TypeText): TypeText {
  return objectType(`tag: ${stringLiteral(tag)}`, propertyLayout('val', payload));
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
