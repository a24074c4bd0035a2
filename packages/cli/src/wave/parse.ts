import { nearest } from '@wit-ts/diagnostics';
import { memberKeys, noneOf, someOf } from '@wit-ts/mapping';
import {
  shapeOf,
  type Param,
  type PrimitiveType,
  type Shape,
  type Type,
  type TypeDefKind,
} from '@wit-ts/model';
import { WaveError, WaveReader } from './reader.ts';
import { waveKeywords } from './keywords.ts';

type Kind<Tag extends TypeDefKind['tag']> = Extract<TypeDefKind, { tag: Tag }>;

const MAX_DEPTH = 100;

/**
 * Reads the arguments of a call, `(1, "a")`, as the JavaScript values that the runtime takes. Options at the end may
 * be left out. A stream is written as the list of its elements, a future as its value, and an error context as its
 * message.
 *
 * @throws WaveError if the text does not fit the parameters
 */
export function parseArguments(text: string, params: readonly Param[]): unknown[] {
  const parser = new WaveParser(text);
  const { reader } = parser;
  reader.expect('(');
  const values: unknown[] = [];
  for (const { name, type } of params) {
    if (!reader.peek(')')) {
      values.push(parser.value(type));
      if (!reader.accept(',') && !reader.peek(')')) throw reader.error('expected `,` or `)`');
      continue;
    }
    const shape = shapeOf(type);
    if (typeof shape === 'string' || shape.tag !== 'option')
      throw reader.error(`expected the argument \`${name}\``);
    values.push(noneOf(shape.type));
  }
  reader.expect(')');
  if (!reader.atEnd) throw reader.error('expected the end');
  return values;
}

/** Reads one value of a type. @throws WaveError if the text is not one */
export function parseWave(text: string, type: Type): unknown {
  const parser = new WaveParser(text);
  const value = parser.value(type);
  if (!parser.reader.atEnd) throw parser.reader.error('expected the end');
  return value;
}

/** `a u8`, `an s8`, `an f32`. */
function withArticle(type: PrimitiveType): string {
  return `${/^[sf]/u.test(type) ? 'an' : 'a'} ${type}`;
}

interface Named {
  readonly name: string;
}

const indexes = new WeakMap<readonly Named[], ReadonlyMap<string, number>>();

/** Returns the index of the item of a name, or -1. A list may mention one of a thousand cases in each element. */
function indexIn(items: readonly Named[], name: string): number {
  let known = indexes.get(items);
  if (known === undefined) indexes.set(items, (known = new Map(items.map((item, i) => [item.name, i]))));
  return known.get(name) ?? -1;
}

/** More names than these are not listed. */
const MAX_LISTED = 10;

function notOneOf(what: string, name: string, known: readonly { readonly name: string }[]): string {
  const near = nearest(
    name,
    known.map((item) => item.name),
  );
  if (near !== undefined) return `\`${name}\` is not a ${what}: did you mean \`${near}\`?`;
  const shown = known.slice(0, MAX_LISTED).map((item) => `\`${item.name}\``);
  return `\`${name}\` is not a ${what}: the ${what}s are ${shown.join(', ')}${known.length > MAX_LISTED ? ' …' : ''}`;
}

class WaveParser {
  readonly reader: WaveReader;
  #depth = 0;

  constructor(text: string) {
    this.reader = new WaveReader(text);
  }

  value(type: Type): unknown {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.reader.wrong(`values nest deeper than ${MAX_DEPTH}`);
    const shape = shapeOf(type);
    const value = typeof shape === 'string' ? this.#primitive(shape) : this.#composite(shape);
    this.#depth -= 1;
    return value;
  }

  #primitive(type: PrimitiveType): unknown {
    const { reader } = this;
    switch (type) {
      case 'bool': {
        const { offset } = reader;
        const word = reader.label();
        if (word === 'true' || word === 'false') return word === 'true';
        reader.rewind(offset);
        throw reader.error('expected `true` or `false`');
      }
      case 'char': {
        const text = reader.quoted("'");
        if (text === undefined || [...text].length !== 1)
          throw reader.error("expected a character such as `'a'`");
        return text;
      }
      case 'string':
        return this.#must(reader.quoted('"'), 'expected a string such as `"text"`');
      case 'error-context':
        return new Error(this.#must(reader.quoted('"'), 'expected the message of an error context'));
      default:
        return this.#number(type);
    }
  }

  #number(type: PrimitiveType): number | bigint {
    const { reader } = this;
    const { offset } = reader;
    const text = this.#must(reader.number(), `expected ${withArticle(type)}`);
    if (type.startsWith('f')) {
      if (text.endsWith('inf')) return text.startsWith('-') ? -Infinity : Infinity;
      return text === 'nan' ? NaN : Number(text);
    }
    const bits = BigInt(type.slice(1));
    const [low, high] = type.startsWith('u') ? [0n, 1n << bits] : [-(1n << (bits - 1n)), 1n << (bits - 1n)];
    const value = /^-?\d{1,20}$/u.test(text) ? BigInt(text) : high;
    if (value < low || value >= high) {
      reader.rewind(offset);
      throw reader.error(`expected ${withArticle(type)}, from ${low} to ${high - 1n}`);
    }
    return bits === 64n ? value : Number(value);
  }

  #composite(kind: Exclude<Shape, PrimitiveType>): unknown {
    const { reader } = this;
    switch (kind.tag) {
      case 'list':
        return this.#list(kind.element);
      case 'fixed-length-list': {
        const { offset } = reader;
        const values = this.#list(kind.element);
        if (values.length === kind.length) return values;
        const wanted = `${kind.length} ${kind.length === 1 ? 'element' : 'elements'}`;
        throw new WaveError(`expected a list of ${wanted}, found ${values.length}`, offset);
      }
      case 'map':
        return new Map(
          this.#list({ kind: { tag: 'tuple', types: [kind.key, kind.value] } }) as [unknown, unknown][],
        );
      case 'tuple':
        return this.#tuple(kind.types);
      case 'record':
        return this.#record(kind);
      case 'flags':
        return this.#flags(kind);
      case 'enum':
        return this.#case(kind.cases).name;
      case 'variant': {
        const { name, type } = this.#case(kind.cases);
        return type === undefined ? { tag: name } : { tag: name, val: this.#payload(type) };
      }
      case 'option':
        return this.#option(kind);
      case 'result':
        return this.#result(kind);
      case 'stream':
        if (kind.payload === undefined) throw reader.wrong('a stream without an element type has no text');
        return this.#list(kind.payload);
      case 'future':
        if (kind.payload === undefined) throw reader.wrong('a future without a type has no text');
        return Promise.resolve(this.value(kind.payload));
      default:
        throw reader.wrong('resources live in an instance, and have no text');
    }
  }

  #list(element: Type): unknown[] {
    this.reader.expect('[');
    const values: unknown[] = [];
    while (!this.reader.accept(']')) {
      values.push(this.value(element));
      this.#separator(']');
    }
    return values;
  }

  #tuple(types: readonly Type[]): unknown[] {
    this.reader.expect('(');
    const values = types.map((type, index) => {
      const value = this.value(type);
      if (index < types.length - 1) this.reader.expect(',');
      return value;
    });
    this.reader.accept(',');
    this.reader.expect(')');
    return values;
  }

  #record({ fields }: Kind<'record'>): object {
    const { reader } = this;
    const keys = memberKeys(fields);
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const given = new Set<number>();
    reader.expect('{');
    reader.accept(':');
    while (!reader.accept('}')) {
      const { offset } = reader;
      const name = this.#label('expected a field');
      const index = indexIn(fields, name);
      if (index < 0 || given.has(index)) {
        reader.rewind(offset);
        throw reader.wrong(
          index < 0 ? notOneOf('field', name, fields) : `the field \`${name}\` appears twice`,
        );
      }
      reader.expect(':');
      given.add(index);
      value[keys[index]!] = this.value(fields[index]!.type);
      this.#separator('}');
    }
    for (const [index, { name, type }] of fields.entries()) {
      if (given.has(index)) continue;
      const shape = shapeOf(type);
      if (typeof shape === 'string' || shape.tag !== 'option')
        throw reader.error(`the field \`${name}\` is missing`);
      value[keys[index]!] = noneOf(shape.type);
    }
    return value;
  }

  #flags({ flags }: Kind<'flags'>): object {
    const { reader } = this;
    const keys = memberKeys(flags);
    const value: Record<string, boolean> = Object.create(null) as Record<string, boolean>;
    for (const key of keys) value[key] = false;
    reader.expect('{');
    while (!reader.accept('}')) {
      const { offset } = reader;
      const name = this.#label('expected a flag');
      const index = indexIn(flags, name);
      if (index < 0) {
        reader.rewind(offset);
        throw reader.wrong(notOneOf('flag', name, flags));
      }
      value[keys[index]!] = true;
      this.#separator('}');
    }
    return value;
  }

  #option({ type }: Kind<'option'>): unknown {
    const word = this.#keyword(['none', 'some']);
    if (word === 'none') return noneOf(type);
    return someOf(type, word === 'some' ? this.#payload(type) : this.value(type));
  }

  #result({ ok, err }: Kind<'result'>): unknown {
    const word = this.#keyword(['ok', 'err']);
    if (word === undefined) {
      if (ok === undefined) throw this.reader.error('expected `ok` or `err`');
      return { tag: 'ok', val: this.value(ok) };
    }
    const type = word === 'ok' ? ok : err;
    return type === undefined ? { tag: word } : { tag: word, val: this.#payload(type) };
  }

  #payload(type: Type): unknown {
    this.reader.expect('(');
    const value = this.value(type);
    this.reader.expect(')');
    return value;
  }

  #case<T extends { readonly name: string }>(cases: readonly T[]): T {
    const { offset } = this.reader;
    const name = this.#label('expected a case');
    const found = cases[indexIn(cases, name)];
    if (found !== undefined) return found;
    this.reader.rewind(offset);
    throw this.reader.wrong(notOneOf('case', name, cases));
  }

  /** Reads one of the words if it follows. */
  #keyword(words: readonly string[]): string | undefined {
    const { offset } = this.reader;
    const word = this.reader.label();
    if (word !== undefined && words.includes(word)) return word;
    this.reader.rewind(offset);
    return undefined;
  }

  #label(expectation: string): string {
    const { offset } = this.reader;
    const word = this.#must(this.reader.label(), expectation);
    if (word.startsWith('%')) return word.slice(1);
    if (!waveKeywords.has(word)) return word;
    this.reader.rewind(offset);
    throw this.reader.wrong(`\`${word}\` as a name is written \`%${word}\``);
  }

  #separator(close: string): void {
    if (this.reader.accept(',') || this.reader.peek(close)) return;
    throw this.reader.error(`expected \`,\` or \`${close}\``);
  }

  #must<T>(value: T | undefined, expectation: string): T {
    if (value === undefined) throw this.reader.error(expectation);
    return value;
  }
}
