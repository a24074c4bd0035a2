/** Every code of a syntax fault. */
export const syntaxCodes = [
  'expected-token',
  'forbidden-character',
  'keyword-as-name',
  'lone-carriage-return',
  'misplaced-attribute',
  'missing-separator',
  'nesting-too-deep',
  'text-too-long',
  'unclosed-brace',
  'unexpected-character',
  'unexpected-item',
  'unknown-type',
  'unmatched-brace',
  'unterminated-comment',
  'unterminated-string',
] as const;

export type SyntaxCode = (typeof syntaxCodes)[number];

/** A mistake in the syntax of a text. Offsets count UTF-16 units, and ends are exclusive. */
export interface SyntaxFault {
  /** A stable name in kebab-case. */
  readonly code: SyntaxCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly help?: string;
  readonly related?: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}
