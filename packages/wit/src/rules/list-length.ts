import type { LengthNode } from '../ast/ast.ts';
import type { Resolution } from '../resolve/resolution.ts';

const MAX_LENGTH = 2 ** 32 - 1;

/** A fixed length must be at least 1 and fit 32 bits. Returns false if the length cannot be used. */
export function checkListLength(length: LengthNode, resolution: Resolution): boolean {
  if (length.value > MAX_LENGTH) {
    resolution.error(
      'list-length',
      length.span,
      `a fixed-length list can have at most ${MAX_LENGTH} elements`,
      {
        help: 'write `list<t>` for a list of any length',
      },
    );
    return false;
  }
  if (length.value === 0) {
    resolution.componentError(
      'list-length',
      length.span,
      'a fixed-length list must have at least one element',
      {
        help: 'write `list<t>` for a list of any length',
      },
    );
  }
  return true;
}
