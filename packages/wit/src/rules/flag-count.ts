import type { Ident } from '../ast/ast.ts';
import { relatedAt, type Resolution } from '../resolve/resolution.ts';

const MAX_FLAGS = 32;

/** Flags must have at most 32 labels in components (`Binary.md`, "Type Definitions"). */
export function checkFlagCount(
  name: Ident,
  flags: readonly { readonly name: Ident }[],
  resolution: Resolution,
): void {
  const excess = flags[MAX_FLAGS];
  if (excess === undefined) return;
  resolution.componentError(
    'too-many-flags',
    excess.name.span,
    `too many flags: this is number ${MAX_FLAGS + 1} of ${flags.length}, and at most ${MAX_FLAGS} are allowed`,
    {
      related: relatedAt('these flags', name.span),
      help: 'split them into several `flags`',
    },
  );
}
