/** A text that is no WAVE of the type: says what should stand where. */
export class WaveError extends Error {
  override readonly name = 'WaveError';
  /** UTF-16 units from the start of the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const SPACE = /(?:\s|\/\/[^\n]*)*/uy;
const LABEL = /%?[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*/uy;
const NUMBER = /-?(?:inf|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|nan/uy;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
]);

/** Steps through a text of WAVE. */
export class WaveReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get offset(): number {
    this.#match(SPACE);
    return this.#at;
  }

  /** Goes back to where `offset` was. */
  rewind(offset: number): void {
    this.#at = offset;
  }

  get atEnd(): boolean {
    return this.offset === this.#text.length;
  }

  /** Whether a mark follows. */
  peek(mark: string): boolean {
    return this.#text.startsWith(mark, this.offset);
  }

  /** Whether a mark follows, which is then read. */
  accept(mark: string): boolean {
    if (!this.peek(mark)) return false;
    this.#at += mark.length;
    return true;
  }

  expect(mark: string): void {
    if (!this.accept(mark)) throw this.error(`expected \`${mark}\``);
  }

  /** A label or keyword with the `%` that it may have. */
  label(): string | undefined {
    this.#match(SPACE);
    return this.#match(LABEL);
  }

  number(): string | undefined {
    this.#match(SPACE);
    return this.#match(NUMBER);
  }

  /** What stands between quotes; `"""` starts a string of several lines. */
  quoted(quote: '"' | "'"): string | undefined {
    if (!this.accept(quote)) return undefined;
    if (quote === '"' && this.#text.startsWith('""', this.#at)) return this.#lines();
    let value = '';
    while (this.#text[this.#at] !== quote) value += this.#char('\n');
    this.#at += 1;
    return value;
  }

  error(expectation: string): WaveError {
    const { offset } = this;
    const [char] = this.#text.slice(offset, offset + 2);
    return new WaveError(`${expectation}, found ${char === undefined ? 'the end' : `\`${char}\``}`, offset);
  }

  #char(forbidden: string): string {
    const [char] = this.#text.slice(this.#at, this.#at + 2);
    if (char === undefined || char === forbidden) throw new WaveError('a quote is not closed', this.#at);
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

  /** Between `"""` and `"""`, each on a line of its own; the last line's indentation is taken off all lines. */
  #lines(): string {
    const start = this.#at;
    this.#at += 2;
    if (this.#text.startsWith('\r\n', this.#at)) this.#at += 2;
    else if (this.#text.startsWith('\n', this.#at)) this.#at += 1;
    else throw new WaveError('a line break follows `"""`', this.#at);
    let raw = '';
    while (!this.#text.startsWith('"""', this.#at)) {
      if (this.#at >= this.#text.length) throw new WaveError('a `"""` is not closed', start);
      raw += this.#char('');
    }
    this.#at += 3;
    const lines = raw.replaceAll('\r\n', '\n').split('\n');
    const indent = lines.pop() ?? '';
    if (/[^ ]/u.test(indent)) throw new WaveError('only spaces stand before the closing `"""`', this.#at);
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
