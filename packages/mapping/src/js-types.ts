import { unalias, type PrimitiveType, type Type, type TypeDef } from '@wit-ts/model';
import type { MappingChoices } from './choices.ts';
import { memberKeys } from './name-claims.ts';
import { includesUndefined } from './options.ts';
import { settlementOf, type Settlement } from './settlements.ts';
import { numericType, typedArrays } from './typed-arrays.ts';

/** A property of a record or of flags. */
export interface Property {
  /** The WIT name. */
  readonly name: string;
  readonly key: string;
  /** Absent for a flag, which is a boolean. */
  readonly type?: Type;
  /** Whether an object without the property is of the type. */
  readonly isOptional: boolean;
}

/** A case of a tagged object: `{ tag, val }`, or `{ tag }` if it has no payload. */
export interface TaggedCase {
  readonly tag: string;
  readonly type?: Type;
}

/** The JavaScript type of the values of a WIT type, one level deep: the parts of the type are WIT types. */
export type JsType =
  | { readonly tag: 'boolean' | 'number' | 'bigint' | 'string' }
  /** `error-context` */
  | { readonly tag: 'error' }
  | { readonly tag: 'typed-array'; readonly name: string }
  | { readonly tag: 'array'; readonly element: Type }
  /** An array of exactly these elements. */
  | { readonly tag: 'tuple'; readonly elements: readonly Type[] }
  | { readonly tag: 'map'; readonly key: Type; readonly value: Type }
  | { readonly tag: 'record' | 'flags'; readonly properties: readonly Property[] }
  /** Flags as a bigint whose bit `i` is the flag `i` of the WIT names. */
  | { readonly tag: 'bits'; readonly names: readonly string[] }
  | { readonly tag: 'variant'; readonly cases: readonly TaggedCase[] }
  /** `ok` and `err`, as a value. */
  | { readonly tag: 'result'; readonly ok: Type | undefined; readonly err: Type | undefined }
  /** `none` and `some`, as a tagged object. */
  | { readonly tag: 'tagged-option'; readonly payload: Type }
  /** The payload or `undefined`; lowering accepts `null` as well. */
  | { readonly tag: 'plain-option'; readonly payload: Type }
  | { readonly tag: 'enum'; readonly names: readonly string[] }
  /** An object of the resource's class, for `own` and `borrow`. */
  | { readonly tag: 'object'; readonly resource: TypeDef }
  | { readonly tag: 'class' }
  /** A future: a promise for a host, which settles as `settlementOf` says. */
  | { readonly tag: 'promise'; readonly payload: Type | undefined; readonly settlement: Settlement }
  | {
      readonly tag: 'stream';
      /** Absent for a stream without an element type, whose elements are `undefined`. */
      readonly element: Type | undefined;
      /** The typed array of a stream of numbers, in which several elements come at once. */
      readonly chunk: string | undefined;
    };

/** A fixed-length list of more elements is described as an array: a tuple would fill pages. */
const LONGEST_TUPLE = 16;

const number = { tag: 'number' } as const;
const bigint = { tag: 'bigint' } as const;
const string = { tag: 'string' } as const;

const PRIMITIVES = {
  bool: { tag: 'boolean' },
  u8: number,
  u16: number,
  u32: number,
  u64: bigint,
  s8: number,
  s16: number,
  s32: number,
  s64: bigint,
  f32: number,
  f64: number,
  char: string,
  string,
  'error-context': { tag: 'error' },
} as const satisfies Record<PrimitiveType, JsType>;

/** Returns the JavaScript type of the values of a type under the choices, through any aliases. */
export function jsTypeOf(type: Type, choices: MappingChoices = {}): JsType {
  const target = unalias(type);
  if (typeof target === 'string') return PRIMITIVES[target];
  const { kind } = target;
  switch (kind.tag) {
    case 'record': {
      const keys = memberKeys(kind.fields, choices);
      const properties = kind.fields.map((field, index): Property => ({
        name: field.name,
        key: keys[index]!,
        type: field.type,
        isOptional: includesUndefined(field.type),
      }));
      return { tag: 'record', properties };
    }
    case 'flags': {
      const names = kind.flags.map((flag) => flag.name);
      if (choices.flags === 'bigint') return { tag: 'bits', names };
      const keys = memberKeys(kind.flags, choices);
      return {
        tag: 'flags',
        properties: names.map((name, index) => ({ name, key: keys[index]!, isOptional: true })),
      };
    }
    case 'variant':
      return {
        tag: 'variant',
        cases: kind.cases.map((item) =>
          item.type === undefined ? { tag: item.name } : { tag: item.name, type: item.type },
        ),
      };
    case 'enum':
      return { tag: 'enum', names: kind.cases.map((item) => item.name) };
    case 'tuple':
      return { tag: 'tuple', elements: kind.types };
    case 'list': {
      const numeric = numericType(kind.element);
      return numeric === undefined
        ? { tag: 'array', element: kind.element }
        : { tag: 'typed-array', name: typedArrays[numeric] };
    }
    case 'fixed-length-list':
      return kind.length > LONGEST_TUPLE
        ? { tag: 'array', element: kind.element }
        : { tag: 'tuple', elements: Array.from({ length: kind.length }, () => kind.element) };
    case 'map':
      return { tag: 'map', key: kind.key, value: kind.value };
    case 'option':
      return { tag: includesUndefined(kind.type) ? 'tagged-option' : 'plain-option', payload: kind.type };
    case 'result':
      return { tag: 'result', ok: kind.ok, err: kind.err };
    case 'own':
    case 'borrow':
      return { tag: 'object', resource: kind.resource };
    case 'resource':
      return { tag: 'class' };
    case 'future':
      return { tag: 'promise', payload: kind.payload, settlement: settlementOf(target, choices) };
    case 'stream': {
      const numeric = kind.payload === undefined ? undefined : numericType(kind.payload);
      const chunk = numeric === undefined ? undefined : typedArrays[numeric];
      return { tag: 'stream', element: kind.payload, chunk };
    }
  }
}
