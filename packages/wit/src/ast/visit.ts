import type { Span } from '@wit-ts/diagnostics';
import type * as ast from './ast.ts';
import { children } from './children.ts';
import type { Ancestor, AnyNode, NodeKinds, NodeKind } from './node-kinds.ts';

/**
 * A function for the nodes of each kind. When it returns `false`, the nodes inside its node are not visited.
 * `ancestors` leads from the file to the node's parent, and is only valid during the call.
 */
export type Visitor = {
  readonly [Kind in NodeKind]?: (node: NodeKinds[Kind], ancestors: readonly Ancestor[]) => boolean | void;
} & {
  /** Called for every node, before the function for its kind. */
  readonly enter?: (node: Ancestor, ancestors: readonly Ancestor[]) => boolean | void;
  /** Called for every node, after the nodes inside it. */
  readonly leave?: (node: Ancestor, ancestors: readonly Ancestor[]) => void;
};

/** Visits the nodes of a file in the order of its text, each node before the nodes inside it. */
export function visit(file: ast.Ast, visitor: Visitor): void {
  new Walk(visitor).at({ kind: 'file', node: file });
}

/** Returns the position of a node. A field, a case, a parameter or a renaming begins at its name. */
export function nodeSpan(node: AnyNode): Span {
  if ('span' in node) return node.span;
  if ('file' in node) return { file: node.file, start: 0, end: node.file.text.length };
  const { name } = node;
  const type = 'type' in node ? node.type : undefined;
  const as = 'as' in node ? node.as : undefined;
  return { ...name.span, end: (type ?? as ?? name).span.end };
}

type Visit = (node: AnyNode, ancestors: readonly Ancestor[]) => boolean | void;

class Walk {
  readonly #visitor: Visitor;
  readonly #ancestors: Ancestor[] = [];

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  at(entry: Ancestor): void {
    const visitor = this.#visitor;
    const ancestors = this.#ancestors;
    // The kind says that the function takes this node.
    const special = visitor[entry.kind] as Visit | undefined;
    if (visitor.enter?.(entry, ancestors) !== false && special?.(entry.node, ancestors) !== false) {
      ancestors.push(entry);
      for (const child of children(entry)) this.at(child);
      ancestors.pop();
    }
    visitor.leave?.(entry, ancestors);
  }
}
