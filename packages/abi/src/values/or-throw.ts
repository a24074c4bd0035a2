import { thrownResult } from '@wit-ts/mapping';
import type { FuncType } from '../engine.ts';
import { ComponentError } from '../trap.ts';

/** Returns the value of a function for the host: the `ok` of its result. The `err` is thrown. */
export function orThrow({ result }: FuncType, value: unknown): unknown {
  if (thrownResult(result) === undefined) return value;
  const { tag, val } = value as { readonly tag: 'ok' | 'err'; readonly val?: unknown };
  if (tag === 'err') throw new ComponentError(val);
  return val;
}
