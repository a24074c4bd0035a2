import type { Type } from '@wit-ts/model';
import { allocates, containsKind, elementLayout } from '@wit-ts/model/layout';
import type { CopySpec, ValuesSpec } from '../value-engine.ts';

/**
 * Checks that values of a type can be loaded from or stored into a memory outside of calls.
 *
 * @throws TypeError when the options lack the memory or the realloc that the type needs, when the type contains
 *   borrows, or when it is not a value type
 */
export function checkStorable(
  { type, options }: Pick<ValuesSpec, 'type' | 'options'>,
  use: 'load' | 'store',
): void {
  checkNoBorrows(type);
  elementLayout(type, options.memory ?? 'i32');
  if (options.memory === undefined || (use === 'store' && allocates(type) && !options.realloc)) {
    throw new TypeError('the canonical options lack a memory or realloc');
  }
}

/** Checks that values of a type can be copied from one memory to another. @throws TypeError as `checkStorable` does */
export function checkCopied({ type, from, to }: CopySpec): void {
  checkStorable({ type, options: from }, 'load');
  checkStorable({ type, options: to }, 'store');
}

function checkNoBorrows(type: Type): void {
  if (containsKind(type, 'borrow'))
    throw new TypeError('a borrow cannot be passed outside of the parameters of a call');
}
