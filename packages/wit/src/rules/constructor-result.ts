import type { Type, TypeDef } from '@wit-ts/model';
import type { TypeNode } from '../ast/ast.ts';
import type { Resolution } from '../resolve/resolution.ts';

/**
 * A constructor with an explicit result must return `result<r>` or `result<r, e>` of its own resource (`WIT.md`,
 * "Item: `resource`").
 */
export function checkConstructorResult(
  node: TypeNode,
  type: Type,
  resource: TypeDef,
  resolution: Resolution,
): void {
  const name = resource.name ?? '';
  const help = `write \`-> result<${name}>\` or \`-> result<${name}, error>\`, or no result if it cannot fail`;
  if (typeof type === 'string' || type.kind.tag !== 'result') {
    resolution.error('constructor-result', node.span, 'a constructor can only return a `result`', { help });
  } else if (type.kind.ok !== resource) {
    const span = node.tag === 'result' && node.ok !== undefined ? node.ok.span : node.span;
    resolution.error('constructor-result', span, `the constructor of \`${name}\` must return a \`${name}\``, {
      help,
    });
  }
}
