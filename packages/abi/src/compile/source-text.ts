/** Writes JavaScript source from parts that may hold anything: names come from components, which may be hostile. */

/** Returns a string literal, which is also safe inside a `<script>`. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[<\u2028\u2029]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Returns `object.key`, or `object["key"]` if the key is not an identifier. */
export function property(object: string, key: string): string {
  return isPlainName(key) ? `${object}.${key}` : `${object}[${literal(key)}]`;
}

/** Returns a key of an object literal. A plain `__proto__: x` would set the prototype. */
export function objectKey(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return isPlainName(key) ? key : literal(key);
}

/** Returns an identifier that resembles the name, for stack traces. */
export function identifier(name: string): string {
  const word = name.replace(/\W+/gu, '_').slice(0, 60);
  return `$${word}`;
}

/** Prints plain data: strings, numbers, booleans, arrays and objects of them, without members that are `undefined`. */
export function dataText(value: unknown): string {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return `[${value.map(dataText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${objectKey(key)}: ${dataText(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function isPlainName(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/u.test(key) && key !== '__proto__';
}

/** A block of code being written. */
export class Code {
  /** Lines and blocks, each with its depth in this block. */
  readonly #parts: { readonly depth: number; readonly content: string | Code }[] = [];
  #depth = 0;

  line(text: string): void {
    this.#parts.push({ depth: this.#depth, content: text });
  }

  /** Writes `head {` … `}` around the lines that `write` adds. */
  block(head: string, write: () => void, tail = ''): void {
    this.line(head === '' ? '{' : `${head} {`);
    this.#depth += 1;
    write();
    this.#depth -= 1;
    this.line(`}${tail}`);
  }

  /** Reserves a place for code that is written later. */
  place(): Code {
    const code = new Code();
    this.add(code);
    return code;
  }

  /** Adds another block, with everything that will be written into it. */
  add(code: Code): void {
    this.#parts.push({ depth: this.#depth, content: code });
  }

  toString(): string {
    const lines: string[] = [];
    this.#write(lines, 0);
    return lines.join('\n');
  }

  #write(lines: string[], around: number): void {
    for (const { depth, content } of this.#parts) {
      if (typeof content === 'string') lines.push('  '.repeat(around + depth) + content);
      else content.#write(lines, around + depth);
    }
  }
}
