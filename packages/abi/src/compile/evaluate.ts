import type { EmittedFactory } from './emitted-factory.ts';
import type { HelperName } from './factory-source.ts';

/** Evaluates emitted source with the helpers that it names in scope. */
export function instantiateSource<T>(
  emitted: EmittedFactory,
  helpers: Readonly<Partial<Record<HelperName, unknown>>>,
): T {
  const values = emitted.helpers.map((name) => helpers[name]);
  // The text is generated. Names from a component appear in it only as string literals.
  // oxlint-disable-next-line no-implied-eval, no-new-func
  const make = new Function('types', ...emitted.helpers, `'use strict';\nreturn ${emitted.source};`) as (
    ...values: unknown[]
  ) => T;
  return make(emitted.types, ...values);
}
