import * as helpers from '../helpers/index.ts';
import type { Emitted } from './emitted.ts';
import type { HelperName } from './unit.ts';

const byName: Readonly<Record<HelperName, unknown>> = helpers;

/** Evaluates emitted source with the helpers that it names in scope. */
export function instantiateSource<T>(emitted: Emitted): T {
  const values = emitted.helpers.map((name) => byName[name]);
  // The text is ours: what comes from a component is in it as string literals only.
  // oxlint-disable-next-line no-implied-eval, no-new-func
  const make = new Function('types', ...emitted.helpers, `'use strict';\nreturn ${emitted.source};`) as (
    ...values: unknown[]
  ) => T;
  return make(emitted.types, ...values);
}
