import { literal, objectKey } from '@wit-ts/abi/compile';

/**
 * Prints plain data in which some objects have an identity: an object that is referred to more than once is declared
 * once. The data has no circles.
 */
export class GraphPrinter {
  readonly #declarations: string[] = [];
  readonly #names = new Map<object, string>();
  readonly #counts = new Map<object, number>();
  readonly #extra: (object: object) => Readonly<Record<string, string>>;
  readonly #skipped: (object: object, key: string) => boolean;

  /**
   * @param extra members that an object has beside its own, as text
   * @param skipped tells which members are not printed
   */
  constructor(
    extra: (object: object) => Readonly<Record<string, string>>,
    skipped: (object: object, key: string) => boolean,
  ) {
    this.#extra = extra;
    this.#skipped = skipped;
  }

  /** Counts the references in data that will be printed. All data must be counted before any of it is printed. */
  count(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    const before = this.#counts.get(value) ?? 0;
    this.#counts.set(value, before + 1);
    if (before === 0) for (const [, item] of this.#members(value)) this.count(item);
  }

  /** Prints data. What it shares with other data is in `declarations`. */
  text(value: unknown): string {
    if (typeof value === 'string') return literal(value);
    if (typeof value !== 'object' || value === null) return String(value);
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const text = this.#objectText(value);
    if ((this.#counts.get(value) ?? 0) < 2) return text;
    const name = `data${this.#names.size}`;
    this.#names.set(value, name);
    this.#declarations.push(`const ${name} = ${text};`);
    return name;
  }

  get declarations(): string {
    return this.#declarations.join('\n');
  }

  #objectText(value: object): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.text(item)).join(', ')}]`;
    const members = [
      ...this.#members(value).map(([key, item]) => [key, this.text(item)] as const),
      ...Object.entries(this.#extra(value)),
    ];
    if (members.length === 0) return '{}';
    return `{ ${members.map(([key, text]) => `${objectKey(key)}: ${text}`).join(', ')} }`;
  }

  #members(value: object): readonly (readonly [string, unknown])[] {
    const all: readonly (readonly [string, unknown])[] = Object.entries(value);
    if (Array.isArray(value)) return all;
    return all.filter(([key, item]) => item !== undefined && !this.#skipped(value, key));
  }
}
