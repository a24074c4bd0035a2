import { unalias, type Type } from '@wit-ts/model';
import type { MappingChoices } from './choices.ts';
import { thrownResult } from './thrown-results.ts';

/** What a promise settles with. */
export interface Settlement {
  /** The type of the value that the promise resolves with, absent if there is none. It is not a future. */
  readonly value: Type | undefined;
  /**
   * The results behind which the value is. For the `err` of each, the promise rejects with a `ComponentError` whose
   * `payload` is of this type; absent: no payload.
   */
  readonly thrown: readonly { readonly payload?: Type }[];
}

/**
 * Returns what a promise for a WIT value settles with. For a future, this is what it carries: JavaScript joins a
 * promise that another promise resolves with, so a future inside a future is one promise, and a `result` that a future
 * carries resolves with the `ok` or rejects, as a function returns or throws. If functions return results as values, a
 * promise resolves with them, too.
 *
 * | WIT                              | the promise resolves with | and rejects for |
 * | -------------------------------- | ------------------------- | --------------- |
 * | `future<u8>`                     | `u8`                      |                 |
 * | `future<result<u8, string>>`     | `u8`                      | `string`        |
 * | `future<future<u8>>`             | `u8`                      |                 |
 * | `future<result<future<u8>, e>>`  | `u8`                      | `e`             |
 * | `future<option<result<u8, e>>>`  | `option<result<u8, e>>`   |                 |
 */
export function settlementOf(type: Type | undefined, choices?: Pick<MappingChoices, 'results'>): Settlement {
  const thrown: { payload?: Type }[] = [];
  let value = type;
  // Iterative: types from a hostile component may nest deeper than a stack allows.
  for (let future = futureOf(value); future !== undefined; future = futureOf(value)) {
    value = future.payload;
    const result = thrownResult(value, choices);
    if (result === undefined) continue;
    thrown.push(result.err === undefined ? {} : { payload: result.err });
    value = result.ok;
  }
  return { value, thrown };
}

function futureOf(type: Type | undefined): { readonly payload: Type | undefined } | undefined {
  const target = type === undefined ? undefined : unalias(type);
  return typeof target === 'object' && target.kind.tag === 'future'
    ? { payload: target.kind.payload }
    : undefined;
}
