/** The text is not a WAVE value of the type. The message says what was expected, and what was found. */
export class WaveError extends Error {
  override readonly name = 'WaveError';
  /** UTF-16 units from the start of the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const SPACE = /\s*/uy;
const COMMENT = /\/\/[^\n]*/uy;
const LABEL = /%?[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+){0,1000}/uy;
const NUMBER = /-?(?:inf|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|nan/uy;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
]);

/** Reads the tokens of a WAVE text. */
export class WaveReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get offset(): number {
    // A loop instead of one pattern, because a pattern that repeats a choice needs stack for each space.
    do this.#match(SPACE);
    while (this.#match(COMMENT) !== undefined);
    return this.#at;
  }

  /** Goes back to an earlier `offset`. */
  rewind(offset: number): void {
    this.#at = offset;
  }

  get atEnd(): boolean {
    return this.offset === this.#text.length;
  }

  /** Returns true if a mark follows. */
  peek(mark: string): boolean {
    return this.#text.startsWith(mark, this.offset);
  }

  /** Reads a mark if it follows; returns false if it does not. */
  accept(mark: string): boolean {
    if (!this.peek(mark)) return false;
    this.#at += mark.length;
    return true;
  }

  expect(mark: string): void {
    if (!this.accept(mark)) throw this.error(`expected \`${mark}\``);
  }

  /** Reads a label or keyword, with its `%` if it has one. */
  label(): string | undefined {
    void this.offset;
    return this.#match(LABEL);
  }

  number(): string | undefined {
    void this.offset;
    return this.#match(NUMBER);
  }

  /** Reads the text between quotes; `"""` starts a string of several lines. */
  quoted(quote: '"' | "'"): string | undefined {
    if (!this.accept(quote)) return undefined;
    if (quote === '"' && this.#text.startsWith('""', this.#at)) return this.#lines();
    let value = '';
    while (this.#text[this.#at] !== quote) value += this.#char('\n');
    this.#at += 1;
    return value;
  }

  /** An error that says what is wrong with the text that follows. */
  wrong(message: string): WaveError {
    return new WaveError(message, this.offset);
  }

  /** An error that says what was expected, and what follows instead. */
  error(expectation: string): WaveError {
    const { offset } = this;
    // The whole word or number, since the first digit alone would not show what is wrong with it.
    const [found] = /^(?:[\w.%+-]{1,40}|[^])/u.exec(this.#text.slice(offset, offset + 40)) ?? [];
    return new WaveError(`${expectation}, found ${found === undefined ? 'the end' : `\`${found}\``}`, offset);
  }

  #char(forbidden: string): string {
    const [char] = this.#text.slice(this.#at, this.#at + 2);
    if (char === undefined || char === forbidden) throw new WaveError('a quote is never closed', this.#at);
    this.#at += char.length;
    if (char !== '\\') return char;
    const start = this.#at - 1;
    const simple = ESCAPES.get(this.#text[this.#at] ?? '');
    if (simple !== undefined) {
      this.#at += 1;
      return simple;
    }
    const code = /^u\{([0-9a-fA-F]{1,6})\}/u.exec(this.#text.slice(this.#at, this.#at + 10));
    const point = Number.parseInt(code?.[1] ?? '', 16);
    const isScalar = point < 0xd800 || (point > 0xdfff && point <= 0x10ffff);
    if (code === null || !isScalar) throw new WaveError('unknown escape', start);
    this.#at += code[0].length;
    return String.fromCodePoint(point);
  }

  /** Reads the lines between two `"""`. The indentation of the last line is removed from all lines. */
  #lines(): string {
    const start = this.#at;
    this.#at += 2;
    if (this.#text.startsWith('\r\n', this.#at)) this.#at += 2;
    else if (this.#text.startsWith('\n', this.#at)) this.#at += 1;
    else throw new WaveError('expected a line break after `"""`', this.#at);
    let raw = '';
    while (!this.#text.startsWith('"""', this.#at)) {
      if (this.#at >= this.#text.length) throw new WaveError('a `"""` is never closed', start);
      raw += this.#char('');
    }
    this.#at += 3;
    const lines = raw.replaceAll('\r\n', '\n').split('\n');
    const indent = lines.pop() ?? '';
    if (/[^ ]/u.test(indent)) throw new WaveError('expected only spaces before the closing `"""`', this.#at);
    return lines
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
      .join('\n');
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
