import { generateCstDts, type Rule } from 'chevrotain';

const BANNER = '/** Generated from the grammar by generate.ts; do not edit. */\n';

/** The types of the syntax tree, not laid out. A tree with mistakes may lack any child, so none is promised. */
export function cstTypes(rules: Readonly<Record<string, Rule>>): string {
  const types = generateCstDts(rules, { includeVisitorInterface: false })
    .replace('CstNode, ICstVisitor, IToken', 'CstNode, IToken')
    .replaceAll(/^( {2}\w+): (.*\[\];)$/gmu, '$1?: $2');
  return BANNER + types;
}
