/** JavaScript source from parts that may hold anything: names come from components, and those may be hostile. */

/** A string literal. It also stands the inside of a `<script>`. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[<\u2028\u2029]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `object.key`, or `object["key"]` where the key is no plain name. */
export function property(object: string, key: string): string {
  return isPlainName(key) ? `${object}.${key}` : `${object}[${literal(key)}]`;
}

/** A key of an object literal. `__proto__: x` would set the prototype. */
export function objectKey(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return isPlainName(key) ? key : literal(key);
}

/** An identifier that looks like the name, for stack traces. */
export function identifier(name: string): string {
  const word = name.replace(/[^A-Za-z0-9]+/gu, '_').slice(0, 60);
  return `$${word}`;
}

function isPlainName(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/u.test(key) && key !== '__proto__';
}

/** A block of code being written. */
export class Code {
  readonly #lines: string[] = [];
  #indent = '';

  line(text: string): void {
    this.#lines.push(this.#indent + text);
  }

  /** `head {` … `}` around what `write` adds. */
  block(head: string, write: () => void, tail = ''): void {
    this.line(`${head} {`);
    const outer = this.#indent;
    this.#indent += '  ';
    write();
    this.#indent = outer;
    this.line(`}${tail}`);
  }

  /** Keeps a place where a line can be put later. */
  place(): (text: string) => void {
    const at = this.#lines.length;
    const indent = this.#indent;
    this.#lines.push('');
    return (text) => {
      this.#lines[at] = indent + text;
    };
  }

  /** Adds a whole text, its lines indented as this code is. */
  add(text: string): void {
    for (const line of text.split('\n')) this.line(line);
  }

  toString(): string {
    return this.#lines.filter((line) => line !== '').join('\n');
  }
}
