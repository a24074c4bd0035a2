import { hasErrors, type Diagnostic } from '@wit-ts/diagnostics';
import { format, formatDoc, type Doc } from '@wit-ts/wit';
import type { AstPath, Parser, ParserOptions, Printer, SupportLanguage } from 'prettier';

/** The whole of a WIT text: its printing is made by `@wit-ts/wit`, comments included. */
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
    // The document is data with types of its own, in which prettier must not look for nodes.
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

/** An error in the form in which prettier can point into the text. */
class WitSyntaxError extends SyntaxError {
  readonly loc: { readonly start: Place; readonly end: Place } | undefined;

  constructor(diagnostic: Diagnostic) {
    const { span, help, ...rest } = diagnostic;
    super(help === undefined ? rest.message : `${rest.message} (${help})`);
    if (span !== undefined) {
      this.loc = { start: span.file.position(span.start), end: span.file.position(span.end) };
    }
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}
