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

/** `fields` of `wasi:http/types`, of both versions. A program makes it through a class of `fieldsClass`. */
export class Fields {
  readonly list: FieldList;
  readonly rules: FieldsRules;
  readonly #isMutable: boolean;
  readonly #parent: Children | undefined;

  /** @param parent counts the fields as a child of the message that they belong to; such fields are immutable */
  constructor(
    rules: FieldsRules,
    list = new FieldList(rules.mostBytes),
    { isMutable = true, parent }: { readonly isMutable?: boolean; readonly parent?: Children | undefined } = {},
  ) {
    this.rules = rules;
    this.list = list;
    this.#isMutable = isMutable;
    this.#parent = parent;
    parent?.add();
  }

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
    return new Fields(this.rules, this.list.clone());
  }

  /** Takes the list out of fields that a program gives away. Fields of a message leave it, and it keeps its own. */
  taken(): FieldList {
    this.#parent?.remove();
    return this.#isMutable ? this.list : this.list.clone();
  }

  [Symbol.dispose](): void {
    this.#parent?.remove();
  }

  #change(change: () => FieldProblem | undefined): void {
    const problem = this.#isMutable ? change() : 'immutable';
    if (problem !== undefined) throw headerError(problem, this.rules);
  }
}

/** Returns the class with which the program of one instance makes fields. */
export function fieldsClass(rules: FieldsRules) {
  return class extends Fields {
    constructor() {
      super(rules);
    }

    static fromList(entries: readonly (readonly [name: string, value: Uint8Array])[]): Fields {
      const fields = new Fields(rules);
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
