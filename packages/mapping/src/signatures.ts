import type { Type } from '@wit-ts/model';
import type { CallStyle } from './function-names.ts';
import { camelCase } from './letter-case.ts';
import { NameClaims } from './name-claims.ts';
import { reservedWords } from './reserved-words.ts';
import type { FunctionType } from './surface.ts';
import { thrownResult } from './thrown-results.ts';

/** How a function is called from JavaScript. */
export interface Signature {
  /** The arguments; the `self` of a method is its receiver. */
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  /** The type of the value, absent if there is none. For a function that returns a `result` this is the `ok` side. */
  readonly value: Type | undefined;
  /**
   * Whether a `ComponentError` is thrown for the `err` of a result, with `payload` of this type (absent: no payload).
   */
  readonly thrown: { readonly payload?: Type } | undefined;
  /**
   * `promise`: the function is `async` in WIT, so it returns a promise of its value, which rejects with what is
   * thrown.
   */
  readonly call: 'at-once' | 'promise';
}

/** Returns how a function is called. */
export function signatureOf(type: FunctionType, style: CallStyle): Signature {
  const names = new NameClaims();
  const result = thrownResult(type.result);
  const payload = result?.err;
  return {
    parameters: (style === 'method' ? type.params.slice(1) : type.params).map((param) => ({
      name: names.claim(bindingName(param.name)),
      type: param.type,
    })),
    value: result === undefined ? type.result : result.ok,
    thrown: result === undefined ? undefined : payload === undefined ? {} : { payload },
    call: type.async ? 'promise' : 'at-once',
  };
}

/** Returns a name for a parameter or a function declaration: `delete_` for `delete`, which no WIT name can become. */
export function bindingName(label: string): string {
  const name = camelCase(label);
  return reservedWords.has(name) ? `${name}_` : name;
}
