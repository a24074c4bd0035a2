import type { EvaluationContext } from './evaluation-context.ts';

/** Collects differences between an expected and an actual type, each with the path that leads to it. */
export class MismatchCollector {
  readonly #report: (message: string) => void;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  add(message: string): void {
    this.#report(message);
  }

  /** Returns a collector for a part, whose name is put before each message. */
  at(part: string): MismatchCollector {
    return new MismatchCollector((message) => this.#report(`${part}: ${message}`));
  }
}

/**
 * Returns a collector that reports differences under a code, or `undefined` if differences are not reported, so that no
 * types are compared.
 */
export function mismatchCollector(
  context: EvaluationContext,
  code: string,
  offset: number,
): MismatchCollector | undefined {
  const { report, comparer } = context.options;
  if (context.isSilent || comparer === undefined) return undefined;
  // The parts that differ are evaluated quietly, but the difference itself is reported.
  return new MismatchCollector((message) => report(code, message, offset));
}
