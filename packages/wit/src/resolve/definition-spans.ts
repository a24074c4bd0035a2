import type { Span } from '@wit-ts/diagnostics';

/**
 * The positions of the definitions of one package. A large package has hundreds of thousands of them and few are ever
 * looked up, so the index is built at the first lookup.
 */
export class PackageSpans {
  readonly #parts: object[] = [];
  readonly #spans: Span[] = [];
  readonly #index = new Map<object, Span>();

  set(part: object, span: Span): void {
    this.#parts.push(part);
    this.#spans.push(span);
  }

  get(part: object): Span | undefined {
    for (let i = 0; i < this.#parts.length; i += 1) this.#index.set(this.#parts[i]!, this.#spans[i]!);
    this.#parts.length = 0;
    this.#spans.length = 0;
    return this.#index.get(part);
  }
}

/** The positions of the definitions of all packages. Those of a package that did not change can be reused. */
export class DefinitionSpans {
  readonly #packages: PackageSpans[] = [];
  #current = new PackageSpans();

  constructor() {
    this.#packages.push(this.#current);
  }

  /** Begins the positions of a new package, to which later calls of `set` belong. */
  begin(): PackageSpans {
    this.#current = new PackageSpans();
    this.#packages.push(this.#current);
    return this.#current;
  }

  add(spans: PackageSpans): void {
    this.#packages.push(spans);
  }

  set(part: object, span: Span): void {
    this.#current.set(part, span);
  }

  get(part: object): Span | undefined {
    for (let i = this.#packages.length - 1; i >= 0; i -= 1) {
      const span = this.#packages[i]!.get(part);
      if (span !== undefined) return span;
    }
    return undefined;
  }
}
