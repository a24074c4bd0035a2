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

/** The name of the helper that reads a value of each kind of type: `valueReaders` by name. */
export const readerNames: Readonly<Record<DescribedKind, HelperName>> = {
  bool: 'boolPart',
  u8: 'smallIntegerPart',
  s8: 'smallIntegerPart',
  u16: 'smallIntegerPart',
  s16: 'smallIntegerPart',
  u32: 'smallIntegerPart',
  s32: 'smallIntegerPart',
  u64: 'largeIntegerPart',
  s64: 'largeIntegerPart',
  f32: 'floatPart',
  f64: 'floatPart',
  char: 'charPart',
  string: 'stringPart',
  record: 'recordPart',
  tuple: 'tuplePart',
  variant: 'variantPart',
  enum: 'enumPart',
  flags: 'flagsPart',
  bitflags: 'bitsPart',
  option: 'optionPart',
  list: 'listPart',
  fixed: 'fixedListPart',
  map: 'mapPart',
  own: 'handlePart',
  borrow: 'handlePart',
  waitable: 'waitablePart',
};
