import type { Type } from '@wit-ts/model';
import type { MappingChoices } from './choices.ts';
import type { CallStyle } from './function-names.ts';
import { camelCase } from './letter-case.ts';
import { distinctNames } from './name-claims.ts';
import { reservedWords } from './reserved-words.ts';
import type { FunctionType } from './surface.ts';
import { thrownResult } from './thrown-results.ts';

/** Whether a call returns its value, or a promise of it. */
export type Call = 'at-once' | 'promise';

/** How a function is called from JavaScript. */
export interface Signature {
  /** The arguments; the `self` of a method is its receiver. */
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  /** The type of the value, absent if there is none. For a function that throws the `err` of a `result` this is the
   * `ok`. */
  readonly value: Type | undefined;
  /**
   * Whether a `ComponentError` is thrown for the `err` of a result, with `payload` of this type (absent: no payload).
   */
  readonly thrown: { readonly payload?: Type } | undefined;
  /**
   * `promise`: the function is `async` in WIT, so it returns a promise of its value, which rejects with what is
   * thrown.
   */
  readonly call: Call;
}

/** Returns how a function is called. */
export function signatureOf(type: FunctionType, style: CallStyle, choices?: MappingChoices): Signature {
  const params = style === 'method' ? type.params.slice(1) : type.params;
  const names = parameterNames(params);
  const result = thrownResult(type.result, style === 'constructor' ? undefined : choices);
  const payload = result?.err;
  return {
    parameters: params.map((param, index) => ({ name: names[index]!, type: param.type })),
    value: result === undefined ? type.result : result.ok,
    thrown: result === undefined ? undefined : payload === undefined ? {} : { payload },
    call: callOf(type),
  };
}

/** Returns whether functions of a type are called at once or with a promise. */
export function callOf({ async }: Pick<FunctionType, 'async'>): Call {
  return async ? 'promise' : 'at-once';
}

/** Returns the names of arguments that declarations show: identifiers, so camelCase in every casing. */
function parameterNames(params: FunctionType['params']): readonly string[] {
  return distinctNames(params.map(({ name }) => bindingName(name)));
}

/** Returns a name for a parameter or a function declaration: `delete_` for `delete`, which no WIT name can become. */
export function bindingName(label: string): string {
  const name = camelCase(label);
  return reservedWords.has(name) ? `${name}_` : name;
}
