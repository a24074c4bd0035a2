import { primitiveTypes, type PrimitiveType } from './primitives.ts';
import type { Func, FuncKind, Param, Type, TypeDef, TypeDefKind } from './types.ts';

/** Resolves the names in the text of a type. `key` is the part before `.{name}` of a name of another interface. */
export interface TypeScope {
  /** Returns the definition, or `undefined` if there is none of that name. */
  lookup(name: string, key: string | undefined): TypeDef | undefined;
  /** Returns whether a definition is a resource, also through aliases: a bare mention of one is an `own` handle. */
  isResource(def: TypeDef): boolean;
}

const MAX_DEPTH = 500;
const TOKEN = /\s*(->|[(){}<>,:]|[^\s(){}<>,:]+)/uy;
const FOREIGN = /\s*((?:import )?[^\s(){}<>,]+)\.\{\s*%?([^\s{}]+)\s*\}/uy;

/** Parses the type texts of a contract, which `type-text.ts` prints. Throws a `TypeError` for every mistake. */
export class TypeParser {
  readonly #text: string;
  readonly #scope: TypeScope;
  #at = 0;

  constructor(text: string, scope: TypeScope) {
    this.#text = text;
    this.#scope = scope;
  }

  /** Parses the text of a definition. */
  definition(): TypeDefKind {
    if (this.#peek() === 'use') this.#next();
    const type = this.#structure(0);
    this.#end();
    if (typeof type === 'string' || 'kind' in type) return { tag: 'alias', type };
    return type;
  }

  /** Parses the type of a function, and adds what WIT implies: the `self` of a method, the result of a constructor. */
  func(kind: FuncKind): Pick<Func, 'async' | 'params' | 'result'> {
    if (kind.tag === 'static') this.#accept('static');
    const async = this.#accept('async');
    this.#expect(kind.tag === 'constructor' ? 'constructor' : 'func');
    this.#expect('(');
    const params = this.#list(')', (): Param => ({ name: this.#label(':'), type: this.#type(0) }));
    if (kind.tag === 'method') params.unshift({ name: 'self', type: handle('borrow', kind.resource) });
    const implied = kind.tag === 'constructor' ? handle('own', kind.resource) : undefined;
    const result = this.#accept('->') ? this.#type(0) : implied;
    this.#end();
    return { async, params, ...(result === undefined ? {} : { result }) };
  }

  #type(depth: number): Type {
    const found = this.#structure(depth);
    if (typeof found === 'string') return found;
    if (!('kind' in found)) return { kind: found };
    return this.#scope.isResource(found) ? handle('own', found) : found;
  }

  /** Parses a primitive, the name of a definition, or the kind of an anonymous type. */
  #structure(depth: number): Type | TypeDefKind {
    if (depth > MAX_DEPTH) throw this.#error('types nest too deeply');
    const inner = (): Type => this.#type(depth + 1);
    const foreign = this.#foreign();
    if (foreign !== undefined) return foreign;
    const word = this.#next();
    if (isPrimitive(word)) return word;
    switch (word) {
      case 'record':
        this.#expect('{');
        return { tag: 'record', fields: this.#list('}', () => ({ name: this.#label(':'), type: inner() })) };
      case 'flags':
        this.#expect('{');
        return { tag: 'flags', flags: this.#list('}', () => ({ name: this.#label() })) };
      case 'enum':
        this.#expect('{');
        return { tag: 'enum', cases: this.#list('}', () => ({ name: this.#label() })) };
      case 'variant':
        this.#expect('{');
        return { tag: 'variant', cases: this.#list('}', () => this.#case(inner)) };
      case 'tuple':
        this.#expect('<');
        return { tag: 'tuple', types: this.#list('>', inner) };
      case 'resource':
        return { tag: 'resource' };
      case 'option':
        return { tag: 'option', type: this.#one(inner) };
      case 'list':
        return this.#listType(inner);
      case 'map':
        return this.#mapType(inner);
      case 'result':
        return this.#resultType(inner);
      case 'future':
      case 'stream':
        return this.#peek() === '<' ? { tag: word, payload: this.#one(inner) } : { tag: word };
      case 'own':
      case 'borrow':
        this.#expect('<');
        return { tag: word, resource: this.#resource() };
      default:
        return this.#named(word.startsWith('%') ? word.slice(1) : word, undefined);
    }
  }

  #case(inner: () => Type): { name: string; type?: Type } {
    const name = this.#label();
    if (!this.#accept('(')) return { name };
    const type = inner();
    this.#expect(')');
    return { name, type };
  }

  #one(inner: () => Type): Type {
    this.#expect('<');
    const type = inner();
    this.#expect('>');
    return type;
  }

  #listType(inner: () => Type): TypeDefKind {
    this.#expect('<');
    const element = inner();
    if (!this.#accept(',')) {
      this.#expect('>');
      return { tag: 'list', element };
    }
    const length = this.#next();
    if (!/^\d{1,10}$/u.test(length)) throw this.#error(`"${length}" is not a length`);
    this.#expect('>');
    return { tag: 'fixed-length-list', element, length: Number(length) };
  }

  #mapType(inner: () => Type): TypeDefKind {
    this.#expect('<');
    const key = inner();
    this.#expect(',');
    const value = inner();
    this.#expect('>');
    return { tag: 'map', key, value };
  }

  #resultType(inner: () => Type): TypeDefKind {
    if (!this.#accept('<')) return { tag: 'result' };
    const ok = this.#accept('_') ? undefined : inner();
    const err = this.#accept(',') ? inner() : undefined;
    this.#expect('>');
    return { tag: 'result', ...(ok === undefined ? {} : { ok }), ...(err === undefined ? {} : { err }) };
  }

  #resource(): TypeDef {
    const foreign = this.#foreign();
    const word = foreign === undefined ? this.#next() : '';
    const def = foreign ?? this.#named(word.startsWith('%') ? word.slice(1) : word, undefined);
    if (!this.#scope.isResource(def)) throw this.#error(`"${def.name ?? ''}" is not a resource`);
    this.#expect('>');
    return def;
  }

  #foreign(): TypeDef | undefined {
    FOREIGN.lastIndex = this.#at;
    const match = FOREIGN.exec(this.#text);
    if (match === null) return undefined;
    this.#at = FOREIGN.lastIndex;
    return this.#named(match[2]!, match[1]);
  }

  #named(name: string, key: string | undefined): TypeDef {
    const def = this.#scope.lookup(name, key);
    if (def === undefined)
      throw this.#error(`unknown type "${key === undefined ? name : `${key}.{${name}}`}"`);
    return def;
  }

  #label(after?: string): string {
    const word = this.#next();
    if (after !== undefined) this.#expect(after);
    return word.startsWith('%') ? word.slice(1) : word;
  }

  #list<T>(close: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.#accept(close)) {
      if (items.length > 0) this.#expect(',');
      items.push(item());
    }
    return items;
  }

  #peek(): string | undefined {
    TOKEN.lastIndex = this.#at;
    return TOKEN.exec(this.#text)?.[1];
  }

  #next(): string {
    const word = this.#peek();
    if (word === undefined) throw this.#error('the text ends too early');
    this.#at = TOKEN.lastIndex;
    return word;
  }

  #accept(word: string): boolean {
    if (this.#peek() !== word) return false;
    this.#at = TOKEN.lastIndex;
    return true;
  }

  #expect(word: string): void {
    const found = this.#peek();
    if (found !== word)
      throw this.#error(`expected "${word}", found ${found === undefined ? 'the end' : `"${found}"`}`);
    this.#at = TOKEN.lastIndex;
  }

  #end(): void {
    const rest = this.#peek();
    if (rest !== undefined) throw this.#error(`"${rest}" follows the end of the type`);
  }

  #error(reason: string): TypeError {
    const text = this.#text.length > 120 ? `${this.#text.slice(0, 120)}…` : this.#text;
    return new TypeError(`malformed contract: ${reason}, at character ${this.#at + 1} of "${text}"`);
  }
}

function handle(tag: 'own' | 'borrow', resource: TypeDef): TypeDef {
  return { kind: { tag, resource } };
}

const PRIMITIVES: readonly string[] = primitiveTypes;

function isPrimitive(word: string): word is PrimitiveType {
  return PRIMITIVES.includes(word);
}
