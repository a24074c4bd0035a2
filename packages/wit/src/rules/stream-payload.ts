import { unalias, type Type, type TypeDef } from '@wit-ts/model';
import type { TypeNode } from '../ast/ast.ts';
import type { Resolution } from '../resolve/resolution.ts';

/** Streams must not carry `char` (`Explainer.md`, "Asynchronous Value Types"), nor an alias of it. */
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
 * Streams and futures must not carry borrowed handles at any depth, because nothing limits how long the handles would
 * live. Returns true if one does.
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
