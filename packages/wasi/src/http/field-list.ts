import { isFieldValue, isForbiddenField, isFieldToken } from './field-syntax.ts';

/** Why fields cannot be changed: the cases of `header-error` of `wasi:http/types@0.3.0`. */
export type FieldProblem = 'invalid-syntax' | 'forbidden' | 'immutable' | 'size-exceeded';

/** What each field counts beside its name and its value (RFC 9113, section 6.5.2). */
const OVERHEAD = 32;

interface Field {
  /** As it was written. */
  readonly name: string;
  /** In lower case, for comparisons. */
  readonly key: string;
  /** One character for each byte. */
  readonly value: string;
}

/** The fields of a message or its trailers, in their order and with their names as they were written. */
export class FieldList implements Iterable<[name: string, value: string]> {
  readonly #mostBytes: number;
  #fields: Field[] = [];
  #size = 0;

  /** @param mostBytes the most that names and values may have, with 32 bytes for each field */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /**
   * Reads what a platform received: names and values in turn. Fields of the connection are left out, and so is what
   * could not be sent on. Returns undefined if they are too large.
   */
  static received(pairs: readonly string[], mostBytes: number): FieldList | undefined {
    const list = new FieldList(mostBytes);
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const problem = list.append(pairs[at] ?? '', pairs[at + 1] ?? '');
      if (problem === 'size-exceeded') return undefined;
    }
    return list;
  }

  get length(): number {
    return this.#fields.length;
  }

  /** The values of a name, without regard to its case. */
  get(name: string): string[] {
    const key = name.toLowerCase();
    const values: string[] = [];
    for (const field of this.#fields) if (field.key === key) values.push(field.value);
    return values;
  }

  has(name: string): boolean {
    return this.#first(name.toLowerCase()) !== undefined;
  }

  /** Puts values in the place of all that a name has. Changes nothing if there is a problem. */
  set(name: string, values: readonly string[]): FieldProblem | undefined {
    const changed = new FieldList(this.#mostBytes);
    const key = name.toLowerCase();
    const problem = nameProblem(name, key);
    if (problem !== undefined) return problem;
    for (const field of this.#fields) if (field.key !== key) changed.#add(field);
    for (const value of values) {
      const wrong = changed.append(name, value);
      if (wrong !== undefined) return wrong;
    }
    this.#fields = changed.#fields;
    this.#size = changed.#size;
    return undefined;
  }

  append(name: string, value: string): FieldProblem | undefined {
    const key = name.toLowerCase();
    const problem = nameProblem(name, key);
    if (problem !== undefined) return problem;
    if (!isFieldValue(value)) return 'invalid-syntax';
    if (this.#size + sizeOf(key, value) > this.#mostBytes) return 'size-exceeded';
    // All values of a name have the case in which it was written first.
    this.#add({ name: this.#first(key)?.name ?? name, key, value });
    return undefined;
  }

  clone(): FieldList {
    const copy = new FieldList(this.#mostBytes);
    copy.#fields = [...this.#fields];
    copy.#size = this.#size;
    return copy;
  }

  *[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    for (const { name, value } of this.#fields) yield [name, value];
  }

  /** Names and values in turn, as `node:http` takes them. */
  pairs(): string[] {
    const pairs: string[] = [];
    for (const { name, value } of this.#fields) pairs.push(name, value);
    return pairs;
  }

  /** @param key the name in lower case */
  #first(key: string): Field | undefined {
    for (const field of this.#fields) if (field.key === key) return field;
    return undefined;
  }

  #add(field: Field): void {
    this.#fields.push(field);
    this.#size += sizeOf(field.key, field.value);
  }
}

function sizeOf(key: string, value: string): number {
  return key.length + value.length + OVERHEAD;
}

/** @param key the name in lower case */
function nameProblem(name: string, key: string): FieldProblem | undefined {
  if (!isFieldToken(name)) return 'invalid-syntax';
  return isForbiddenField(key) ? 'forbidden' : undefined;
}
