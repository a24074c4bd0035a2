import { WitParser } from '../parser.ts';
import { allTokens } from '../tokens.ts';
import { cstTypes } from './cst-types.ts';
import { ebnf } from './ebnf.ts';
import { productionsOf } from './productions.ts';
import { inReadingOrder } from './reading-order.ts';
import { railroadPage } from './railroad-page.ts';
import { textMate } from './text-mate.ts';

interface GrammarOutput {
  readonly file: URL;
  readonly text: string;
}

/** Returns the files that are generated from the grammar. `layOut` formats TypeScript with a tool of the caller. */
export async function generatedFiles(
  layOut: (text: string, file: URL) => Promise<string>,
): Promise<readonly GrammarOutput[]> {
  const parser = new WitParser({ skipValidations: false });
  const rules = inReadingOrder(parser.getGAstProductions(), 'witFile');
  const productions = productionsOf(rules);
  const docs = new URL('../../../../docs/grammar/', import.meta.url);
  const types = new URL('../cst.ts', import.meta.url);
  return [
    { file: types, text: await layOut(cstTypes(rules), types) },
    { file: new URL('wit.ebnf', docs), text: ebnf(productions, allTokens) },
    { file: new URL('railroad.html', docs), text: railroadPage(productions) },
    { file: new URL('wit.tmLanguage.json', docs), text: textMate(productions, allTokens) },
  ];
}
