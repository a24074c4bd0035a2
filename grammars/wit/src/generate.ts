import { writeFileSync } from 'node:fs';
import { generateCstDts } from 'chevrotain';
import { format, resolveConfig } from 'prettier';
import { WitParser } from './parser.ts';

/** Writes the types of the syntax tree from the grammar: `pnpm generate`. */
const parser = new WitParser({ skipValidations: false });
const productions = parser.getGAstProductions();
// A tree with mistakes may lack any child, so none is promised.
const types = generateCstDts(productions, { includeVisitorInterface: false })
  .replace('CstNode, ICstVisitor, IToken', 'CstNode, IToken')
  .replaceAll(/^( {2}\w+): (.*\[\];)$/gmu, '$1?: $2');
const file = new URL('cst.ts', import.meta.url);
const banner = '/** Generated from the grammar by generate.ts; do not edit. */\n';
writeFileSync(file, await format(banner + types, { parser: 'typescript', ...(await resolveConfig(file)) }));
