import { hasErrors, type Diagnostic, type Position } from '@wit-ts/diagnostics';
import { format, formatDoc, type Doc } from '@wit-ts/wit';
import type { AstPath, Parser, ParserOptions, Printer, SupportLanguage } from 'prettier';

/** A WIT text as the only node of prettier's tree: `@wit-ts/wit` formats it, comments included. */
export interface WitRoot {
  readonly type: 'wit';
  readonly text: string;
  readonly doc: Doc;
}

export const languages: SupportLanguage[] = [
  {
    name: 'WebAssembly Interface Type',
    aliases: ['wit'],
    extensions: ['.wit'],
    parsers: ['wit'],
    vscodeLanguageIds: ['wit'],
    linguistLanguageId: 134_534_086,
  },
];

const wit: Parser<WitRoot> = {
  astFormat: 'wit',
  parse: (text, options) => parse(text, options),
  locStart: () => 0,
  locEnd: (root) => root.text.length,
};

export const parsers: Record<'wit', Parser<WitRoot>> = { wit };

export const printers: Record<'wit', Printer<WitRoot>> = {
  wit: {
    print: ({ node }: AstPath<WitRoot>) => node.doc as ReturnType<Printer<WitRoot>['print']>,
    // The document is data that prettier must not search for nodes.
    getVisitorKeys: () => [],
  },
};

function parse(text: string, { printWidth, tabWidth, useTabs = false }: ParserOptions<WitRoot>): WitRoot {
  const { value, diagnostics } = formatDoc(text);
  if (value === undefined) throw new WitSyntaxError(diagnostics[0]!);
  const checked = format(text, { printWidth, tabWidth, useTabs });
  if (hasErrors(checked.diagnostics)) throw new WitSyntaxError(checked.diagnostics[0]!);
  return { type: 'wit', text, doc: value.doc };
}

/** A syntax error with the position that prettier shows. */
class WitSyntaxError extends SyntaxError {
  readonly loc: { readonly start: Position; readonly end: Position } | undefined;

  constructor(diagnostic: Diagnostic) {
    const { span, help, ...rest } = diagnostic;
    super(help === undefined ? rest.message : `${rest.message} (${help})`);
    if (span !== undefined) {
      this.loc = { start: span.file.position(span.start), end: span.file.position(span.end) };
    }
  }
}
