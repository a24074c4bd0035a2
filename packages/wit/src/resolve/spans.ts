import type { Span } from '@wit-ts/diagnostics';

/**
 * Where the parts of a contract are defined. Hundreds of thousands are noted in a large package and few are ever asked
 * for, so the index is made at the first question.
 */
export class Spans {
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
