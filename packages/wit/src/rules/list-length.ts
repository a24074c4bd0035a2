import type { LengthNode } from '../ast/ast.ts';
import type { Resolution } from '../resolve/resolution.ts';

const MAX_LENGTH = 2 ** 32 - 1;

/** A fixed length is at least 1 and fits 32 bits. Returns whether it can be worked with. */
export function checkLength(length: LengthNode, resolution: Resolution): boolean {
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
