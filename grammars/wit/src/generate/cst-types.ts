import { generateCstDts, type Rule } from 'chevrotain';
import { format, resolveConfig } from 'prettier';

const BANNER = '/** Generated from the grammar by generate.ts; do not edit. */\n';

/** The types of the syntax tree. A tree with mistakes may lack any child, so none is promised. */
export async function cstTypes(rules: Readonly<Record<string, Rule>>, file: URL): Promise<string> {
  const types = generateCstDts(rules, { includeVisitorInterface: false })
    .replace('CstNode, ICstVisitor, IToken', 'CstNode, IToken')
    .replaceAll(/^( {2}\w+): (.*\[\];)$/gmu, '$1?: $2');
  return format(BANNER + types, { parser: 'typescript', ...(await resolveConfig(file)) });
}
