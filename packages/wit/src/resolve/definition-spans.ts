import type { Span } from '@wit-ts/diagnostics';

/**
 * Where the parts of one package are defined. Hundreds of thousands are noted in a large package and few are ever asked
 * for, so the index is made at the first question.
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

/** Where the parts of all packages are defined. Those of a package that did not change can be taken over. */
export class DefinitionSpans {
  readonly #packages: PackageSpans[] = [];
  #current = new PackageSpans();

  constructor() {
    this.#packages.push(this.#current);
  }

  /** What is noted from now on belongs to a package of its own. */
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
