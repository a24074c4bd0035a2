import { ComponentError, Trap } from '@wit-ts/runtime';
import type { Children } from '../p2/io/children.ts';
import { byteText, textBytes } from './field-syntax.ts';
import { FieldList, type FieldProblem } from './field-list.ts';

/** `header-error` of `wasi:http/types`. */
type HeaderError = { tag: FieldProblem };

type Entries = [name: string, value: Uint8Array<ArrayBuffer>][];

/** How the fields of one instance behave. */
export interface FieldsRules {
  /** The most bytes of the fields of one message. */
  readonly mostBytes: number;
  /** Whether too many bytes are an error that the program receives. In 0.2 there is none, so that they are a trap. */
  readonly reportsSize: boolean;
}

/** Fields that belong to a message cannot be changed. */
interface FieldsOfMessage {
  /** Counts the fields as a child of the message. */
  readonly parent?: Children | undefined;
}

/** `fields` of `wasi:http/types`, of both versions. */
export class Fields {
  readonly list: FieldList;
  readonly #rules: FieldsRules;
  readonly #message: FieldsOfMessage | undefined;

  constructor(rules: FieldsRules, list?: FieldList, message?: FieldsOfMessage) {
    this.#rules = rules;
    this.list = list ?? new FieldList(rules.mostBytes);
    this.#message = message;
    message?.parent?.add();
  }

  /** Makes fields of the same instance. */
  of(list: FieldList, message?: FieldsOfMessage): Fields {
    return new Fields(this.#rules, list, message);
  }

  get(name: string): Uint8Array<ArrayBuffer>[] {
    return this.list.get(name).map(textBytes);
  }

  has(name: string): boolean {
    return this.list.has(name);
  }

  set(name: string, values: readonly Uint8Array[]): void {
    this.#check(this.#message === undefined ? this.list.set(name, values.map(byteText)) : 'immutable');
  }

  delete(name: string): void {
    this.getAndDelete(name);
  }

  getAndDelete(name: string): Uint8Array<ArrayBuffer>[] {
    const values = this.get(name);
    this.#check(this.#message === undefined ? this.list.set(name, []) : 'immutable');
    return values;
  }

  append(name: string, value: Uint8Array): void {
    this.#check(this.#message === undefined ? this.list.append(name, byteText(value)) : 'immutable');
  }

  /** `entries` of 0.2. */
  entries(): Entries {
    return Array.from(this.list, ([name, value]) => [name, textBytes(value)]);
  }

  /** `copy-all` of 0.3. */
  copyAll(): Entries {
    return this.entries();
  }

  clone(): Fields {
    return this.of(this.list.clone());
  }

  /** Takes the list out of fields that a program gives away. Fields of a message leave it, and it keeps its own. */
  taken(): FieldList {
    this.#message?.parent?.remove();
    return this.#message === undefined ? this.list : this.list.clone();
  }

  [Symbol.dispose](): void {
    this.#message?.parent?.remove();
  }

  #check(problem: FieldProblem | undefined): void {
    if (problem !== undefined) throw headerError(problem, this.#rules);
  }
}

/** The class of the fields of one instance. */
export interface FieldsClass {
  readonly prototype: Fields;
  new (list?: FieldList, message?: FieldsOfMessage): Fields;
  fromList(entries: readonly (readonly [name: string, value: Uint8Array])[]): Fields;
}

/**
 * Makes the class of the fields of one instance. Its program calls the constructor without arguments. It is `Fields`
 * with its rules bound: a class of its own would cost each instance more than most requests do.
 */
export function fieldsClass(rules: FieldsRules): FieldsClass {
  return Object.assign(Fields.bind(null, rules), {
    prototype: Fields.prototype,
    fromList(entries: readonly (readonly [name: string, value: Uint8Array])[]): Fields {
      const fields = new Fields(rules);
      for (const [name, value] of entries) fields.append(name, value);
      return fields;
    },
  });
}

function headerError(problem: FieldProblem, { reportsSize, mostBytes }: FieldsRules): Error {
  if (problem === 'size-exceeded' && !reportsSize)
    return new Trap(`the fields of a message exceed the limit of ${mostBytes} bytes`);
  return new ComponentError<HeaderError>({ tag: problem }, MESSAGES[problem]);
}

const MESSAGES: Readonly<Record<FieldProblem, string>> = {
  'invalid-syntax': 'a name or value of a field has characters that are not allowed there',
  forbidden: 'only the host sets this field',
  immutable: 'these fields belong to a message and cannot be changed',
  'size-exceeded': 'the fields are too large',
};
