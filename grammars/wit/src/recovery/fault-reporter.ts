import { EOF, type IToken } from 'chevrotain';
import * as t from '../tokens.ts';
import type { SyntaxCode, SyntaxFault } from './syntax-fault.ts';
import type { TokenCursor } from './token-cursor.ts';
import { UnclosedBraces } from './unclosed-braces.ts';

/** Collects what is wrong with a text, at most one fault for each token: a second one is a consequence of the first. */
export class FaultReporter {
  readonly #cursor: TokenCursor;
  readonly #unclosedBraces: UnclosedBraces;
  #text = '';
  #faults: SyntaxFault[] = [];
  #reportedAt = -1;

  constructor(cursor: TokenCursor) {
    this.#cursor = cursor;
    this.#unclosedBraces = new UnclosedBraces(cursor);
  }

  /** Begins a text. */
  start(text: string): void {
    this.#text = text;
    this.#faults = [];
    this.#reportedAt = -1;
    this.#unclosedBraces.start();
  }

  get faults(): readonly SyntaxFault[] {
    return this.#faults;
  }

  /**
   * Records a fault about a token, unless the last fault is about the same one. `related` is the brace that it closes;
   * `isBehind` says that the fault is where the token consumed last ends.
   */
  report(
    code: SyntaxCode,
    token: IToken,
    message: string,
    more: { help?: string | undefined; related?: IToken | undefined; isBehind?: boolean } = {},
  ): void {
    if (code === 'unclosed-brace') this.#unclosedBraces.reported(token);
    const start = token.tokenType === EOF ? this.#text.length : token.startOffset;
    if (start === this.#reportedAt) return;
    this.#reportedAt = start;
    // The lexer has reported a string that is not closed.
    const previous = this.#cursor.peek(0);
    if (token.tokenType === t.UnterminatedString || previous.tokenType === t.UnterminatedString) return;
    const { help } = more;
    if (more.isBehind === true) {
      const place = endOf(previous);
      this.#faults.push({ code, message, start: place, end: place, ...(help === undefined ? {} : { help }) });
      return;
    }
    const end = token.tokenType === EOF ? start : start + token.image.length;
    const related = more.related === undefined ? this.#missingAt(token, help) : [openedAt(more.related)];
    this.#faults.push({
      code,
      message,
      start,
      end,
      ...(help === undefined ? {} : { help }),
      ...(related.length === 0 ? {} : { related }),
    });
  }

  /** Whether a line begins between the token consumed last and this one. */
  startsLine(token: IToken): boolean {
    const previous = this.#cursor.peek(0);
    if (previous.tokenType === EOF) return true;
    const start = token.tokenType === EOF ? this.#text.length : token.startOffset;
    return this.#text.slice(endOf(previous), start).includes('\n');
  }

  /**
   * Whether the brace that opened the current body, or one around it, has no partner in the whole file, and no fault
   * says so yet: then the author forgot to close this body.
   */
  isBodyUnclosed(): boolean {
    const opener = this.#cursor.openingBrace();
    return opener === undefined || this.#unclosedBraces.hasAtOrBefore(opener);
  }

  /** A fault about a token missing at the end of a line is found at the next token: points at where it belongs. */
  #missingAt(token: IToken, help: string | undefined): RelatedPlace[] {
    const previous = this.#cursor.peek(0);
    if (help?.startsWith('add ') !== true || previous.tokenType === EOF || !this.startsLine(token)) return [];
    const offset = endOf(previous);
    return [{ message: 'here', start: offset, end: offset }];
  }
}

function endOf({ startOffset, image }: IToken): number {
  return startOffset + image.length;
}

type RelatedPlace = NonNullable<SyntaxFault['related']>[number];

function openedAt({ startOffset, image }: IToken): RelatedPlace {
  return { message: 'opened here', start: startOffset, end: startOffset + image.length };
}
