import type { FuncType } from '../engine.ts';
import { shapeAs } from '../layout/despecialize.ts';
import { ComponentError } from '../trap.ts';

/** What a function gives the host: the `err` of its own result is thrown. */
export function orThrow({ result }: FuncType, value: unknown): unknown {
  if (result === undefined || shapeAs(result, 'result') === undefined) return value;
  const { tag, val } = value as { readonly tag: 'ok' | 'err'; readonly val?: unknown };
  if (tag === 'err') throw new ComponentError(val);
  return val;
}
