import type { TypeDefNode, TypeNode } from '../ast/ast.ts';
import type { Resolution } from '../resolve/resolution.ts';

/** A record, a variant, an enum and flags have at least one part. Records and flags only so in components. */
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
    // The parts may be there and not be understood.
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

/** A tuple has at least one type in components. */
export function checkTuple(node: Extract<TypeNode, { tag: 'tuple' }>, resolution: Resolution): void {
  if (node.types.length > 0) return;
  resolution.componentError('empty-tuple', node.span, 'this tuple is empty', {
    help: 'give it at least one type',
  });
}
