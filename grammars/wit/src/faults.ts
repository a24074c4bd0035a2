/** What the grammar has to say about a text, as data. Offsets are UTF-16 units, ends exclusive. */
export interface SyntaxFault {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly help?: string;
  readonly related?: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}
