import type { SourceToken } from './trivia.ts';

/**
 * A node of the concrete syntax tree, as chevrotain makes it: children grouped by kind, each group in the order of the
 * text.
 */
export interface SourceNode {
  readonly name: string;
  readonly children: { readonly [kind: string]: readonly (SourceToken | SourceNode)[] | undefined };
  readonly location?: { readonly startOffset: number };
}

export type SourceElement = SourceToken | SourceNode;

export function isToken(element: SourceElement): element is SourceToken {
  return 'image' in element;
}

const known = new WeakMap<SourceNode, readonly SourceElement[]>();

/** Returns the children of a node in the order of the text. */
export function childrenInOrder(node: SourceNode): readonly SourceElement[] {
  let elements = known.get(node);
  if (elements === undefined) known.set(node, (elements = sortedElements(node)));
  return elements;
}

function sortedElements(node: SourceNode): SourceElement[] {
  const elements: SourceElement[] = [];
  // Spread arguments would overflow the stack if there are many.
  for (const kind of Object.keys(node.children))
    for (const child of node.children[kind]!) elements.push(child);
  return elements.sort((a, b) => startOf(a) - startOf(b));
}

export function firstToken(element: SourceElement): SourceToken {
  let at = element;
  while (!isToken(at)) at = childrenInOrder(at)[0]!;
  return at;
}

export function lastToken(element: SourceElement): SourceToken {
  let at = element;
  while (!isToken(at)) at = childrenInOrder(at).at(-1)!;
  return at;
}

function startOf(element: SourceElement): number {
  return isToken(element) ? element.startOffset : element.location!.startOffset;
}
