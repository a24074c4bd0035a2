import { readerNames } from '../helpers/all-value-readers.ts';
import type { DescribedKind, TypeTable } from '../helpers/describe.ts';
import type { HelperName } from './factory-source.ts';
import { dataText, objectKey } from './source-text.ts';

/** The tables of types in one module, which share their readers. */
export class TableTexts {
  readonly #kinds = new Set<DescribedKind>();
  readonly #use: (helper: HelperName) => string;
  #hasParts = false;

  /** @param use records that the text uses a helper, and returns its name */
  constructor(use: (helper: HelperName) => string) {
    this.#use = use;
  }

  /** Prints a table as an expression. It refers to `readers`. */
  print(given: Pick<TypeTable, 'nodes' | 'readers' | 'missing' | 'unseen'> & object): string {
    const { readers, nodes, missing, unseen, ...table } = given;
    const members = Object.entries(table)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${objectKey(key)}: ${dataText(value)}`);
    if (nodes.length > 0) members.push(`nodes: ${dataText(nodes)}`);
    if (missing !== undefined) members.push(`missing: ${this.#use('missingMethod')}`);
    if (unseen !== undefined) members.push(`unseen: ${this.#use('USED_TWICE')}`);
    for (const kind of Object.keys(readers) as DescribedKind[]) this.#kinds.add(kind);
    this.#hasParts ||= nodes.length > 0;
    return `{ ${[...members, 'readers'].join(', ')} }`;
  }

  /** Prints the `readers` of all tables. */
  get readers(): string {
    const members = [...this.#kinds].map((kind) => `${kind}: ${this.#use(readerNames[kind])}`);
    if (this.#hasParts) members.push(`part: ${this.#use('partText')}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
}
