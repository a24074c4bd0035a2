/** Every code of what the grammar finds. */
export const syntaxCodes = [
  'expected-token',
  'forbidden-character',
  'keyword-as-name',
  'lone-carriage-return',
  'misplaced-attribute',
  'missing-separator',
  'nesting-too-deep',
  'unclosed-brace',
  'unexpected-character',
  'unexpected-item',
  'unknown-type',
  'unmatched-brace',
  'unterminated-comment',
  'unterminated-string',
] as const;

export type SyntaxCode = (typeof syntaxCodes)[number];

/** What the grammar has to say about a text, as data. Offsets are UTF-16 units, ends exclusive. */
export interface SyntaxFault {
  /** Stable, kebab-case. */
  readonly code: SyntaxCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly help?: string;
  readonly related?: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}
