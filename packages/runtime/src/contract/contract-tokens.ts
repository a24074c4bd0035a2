const TOKEN = /\s*(->|[(){}<>,:]|(?:import )?[^\s(){}<>,]+\.\{[^}]*\}|[^\s(){}<>,:]+)/uy;

/** Splits a text of a contract into tokens. A name of another interface (`a:b/c.{d}`) is one token. */
export class ContractTokens {
  readonly #text: string;
  #at = 0;
  /** The next token; empty at the end. */
  next = '';

  constructor(text: string) {
    this.#text = text;
    this.advance();
  }

  advance(): void {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    this.next = match?.[1] ?? '';
    if (match !== null) this.#at = TOKEN.lastIndex;
  }

  take(): string {
    const token = this.next;
    this.advance();
    return token;
  }

  /** Takes the next token if it is `token`. */
  accept(token: string): boolean {
    if (this.next !== token) return false;
    this.advance();
    return true;
  }

  /** Takes a name, which has a `%` before it if it is a keyword. */
  label(name: string): boolean {
    return this.accept(name) || this.accept(`%${name}`);
  }
}
