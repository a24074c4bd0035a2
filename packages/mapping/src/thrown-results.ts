import { unalias, type Type, type TypeDefKind } from '@wit-ts/model';
import type { MappingChoices } from './choices.ts';

/** A `result<ok, err>`; a missing side has no payload. */
export type ResultKind = Extract<TypeDefKind, { readonly tag: 'result' }>;

/**
 * Returns the `result` that a function returns, possibly through aliases. Its `ok` is then the value that the
 * JavaScript function returns, and its `err` is thrown as the `payload` of a `ComponentError`. A result in any other
 * position, and of every function if `choices` say so, is a value: `{ tag: 'ok', val } | { tag: 'err', val }`, with
 * `val: undefined` for a side without a payload.
 *
 * A named result is no exception: names of types are no part of a component's type, so two components that fit the same
 * contract may name their types differently.
 */
export function thrownResult(
  result: Type | undefined,
  choices?: Pick<MappingChoices, 'results'>,
): ResultKind | undefined {
  if (result === undefined || choices?.results === 'value') return undefined;
  const target = unalias(result);
  return typeof target === 'object' && target.kind.tag === 'result' ? target.kind : undefined;
}
