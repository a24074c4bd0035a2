import { ComponentError, Trap } from '@wit-ts/runtime';
import type { Children } from '../p2/io/children.ts';
import { byteText, textBytes } from './field-syntax.ts';
import { FieldList, type FieldProblem } from './field-list.ts';

/** `header-error` of `wasi:http/types`. */
type HeaderError = { tag: FieldProblem };

type Entries = [name: string, value: Uint8Array<ArrayBuffer>][];

/** How the fields of one instance behave. */
interface FieldsRules {
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

/** `fields` of `wasi:http/types`, of both versions. Each instance has its own class, which `fieldsClass` makes. */
export abstract class Fields {
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
  abstract of(list: FieldList, message?: FieldsOfMessage): Fields;

  get(name: string): Uint8Array<ArrayBuffer>[] {
    return this.list.get(name).map(textBytes);
  }

  has(name: string): boolean {
    return this.list.has(name);
  }

  set(name: string, values: readonly Uint8Array[]): void {
    this.#change(() => this.list.set(name, values.map(byteText)));
  }

  delete(name: string): void {
    this.getAndDelete(name);
  }

  getAndDelete(name: string): Uint8Array<ArrayBuffer>[] {
    const values = this.get(name);
    this.#change(() => this.list.set(name, []));
    return values;
  }

  append(name: string, value: Uint8Array): void {
    this.#change(() => this.list.append(name, byteText(value)));
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

  #change(change: () => FieldProblem | undefined): void {
    const problem = this.#message === undefined ? change() : 'immutable';
    if (problem !== undefined) throw headerError(problem, this.#rules);
  }
}

/** The class of the fields of one instance. */
export interface FieldsClass {
  readonly prototype: Fields;
  new (list?: FieldList, message?: FieldsOfMessage): Fields;
  fromList(entries: readonly (readonly [name: string, value: Uint8Array])[]): Fields;
}

/** Makes the class of the fields of one instance. Its program calls the constructor without arguments. */
export function fieldsClass(rules: FieldsRules): FieldsClass {
  return class InstanceFields extends Fields {
    constructor(list?: FieldList, message?: FieldsOfMessage) {
      super(rules, list, message);
    }

    override of(list: FieldList, message?: FieldsOfMessage): Fields {
      return new InstanceFields(list, message);
    }

    static fromList(entries: readonly (readonly [name: string, value: Uint8Array])[]): Fields {
      const fields = new InstanceFields();
      for (const [name, value] of entries) fields.append(name, value);
      return fields;
    }
  };
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
