import { type MappingChoices, thrownResult } from '@wit-ts/mapping';
import type { FuncType } from '../engine.ts';
import { ComponentError } from '../trap.ts';

/**
 * Returns the value of a function for the host. If `mapping` has results thrown, this is the `ok` of its result, and
 * the `err` is thrown.
 */
export function orThrow({ result }: FuncType, value: unknown, mapping?: MappingChoices): unknown {
  if (thrownResult(result, mapping) === undefined) return value;
  const { tag, val } = value as { readonly tag: 'ok' | 'err'; readonly val?: unknown };
  if (tag === 'err') throw new ComponentError(val);
  return val;
}
