import type { TypeDefNode, TypeNode } from '../ast/ast.ts';
import type { Resolution } from '../resolve/resolution.ts';

/**
 * Variants and enums must not be empty. Records and flags must not be empty in components, although the text format
 * allows it.
 */
export function checkEmpty(node: TypeDefNode, resolution: Resolution): void {
  const { definition, name } = node;
  switch (definition.tag) {
    case 'variant':
      if (definition.cases.length === 0) report(node, 'variant', 'case');
      return;
    case 'enum':
      if (definition.cases.length === 0) report(node, 'enum', 'case');
      return;
    case 'record':
      if (definition.fields.length === 0) report(node, 'record', 'field');
      return;
    case 'flags':
      if (definition.flags.length === 0) report(node, 'flags', 'flag');
      return;
    case 'alias':
    case 'resource':
  }

  function report({ span }: TypeDefNode, kind: 'variant' | 'enum' | 'record' | 'flags', part: string): void {
    // The file has syntax errors, so the parts may exist without having been understood.
    if (resolution.broken.has(span.file)) return;
    const finding = [
      `empty-${kind}`,
      name.span,
      `${kind} \`${name.name}\` is empty`,
      { help: `give it at least one ${part}` },
    ] as const;
    if (kind === 'variant' || kind === 'enum') resolution.error(...finding);
    else resolution.componentError(...finding);
  }
}

/** Tuples must not be empty in components. */
export function checkTuple(node: Extract<TypeNode, { tag: 'tuple' }>, resolution: Resolution): void {
  if (node.types.length > 0) return;
  resolution.componentError('empty-tuple', node.span, 'this tuple is empty', {
    help: 'give it at least one type',
  });
}
