import type { Type, TypeDef } from '@wit-ts/model';
import type { TypeNode } from '../ast/ast.ts';
import type { Resolution } from '../resolve/resolution.ts';

/** Streams do not carry `char` (`Explainer.md`, "Asynchronous Value Types"), under whatever name. */
export function checkPayload(
  node: Extract<TypeNode, { tag: 'future' | 'stream' }>,
  payload: Type,
  resolution: Resolution,
): void {
  if (node.tag !== 'stream' || unalias(payload) !== 'char') return;
  resolution.componentError('stream-payload', node.payload!.span, 'a stream cannot carry `char`', {
    help: 'write `stream<u8>` and encode the text, or write `stream<string>`',
  });
}

/**
 * Neither streams nor futures carry borrowed handles, however deep: nothing says how long they would live. Returns whether
 * one does.
 */
export function checkHandlePayload(def: TypeDef, resolution: Resolution): boolean {
  const { kind } = def;
  if ((kind.tag !== 'stream' && kind.tag !== 'future') || kind.payload === undefined) return false;
  if (typeof kind.payload === 'string' || !resolution.borrowing.has(kind.payload)) return false;
  resolution.componentError(
    `${kind.tag}-payload`,
    resolution.spans.get(def),
    `a ${kind.tag} cannot carry a \`borrow\``,
    { help: 'carry owned handles, without `borrow<…>`' },
  );
  return true;
}

function unalias(type: Type): Type {
  let current = type;
  while (typeof current !== 'string' && current.kind.tag === 'alias') current = current.kind.type;
  return current;
}
