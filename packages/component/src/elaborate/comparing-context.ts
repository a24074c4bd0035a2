import { EvaluationContext, type EvaluationOptions, type TypeComparer } from './evaluation-context.ts';
import type { FaultTexts } from './fault-texts.ts';

/**
 * The state of an evaluation that compares types which must agree. Faults of definitions that are evaluated again are
 * not reported a second time.
 */
export class ComparingContext extends EvaluationContext {
  override isSilent = false;

  // oxlint-disable-next-line no-useless-constructor -- it requires the comparer
  constructor(options: EvaluationOptions & { readonly comparer: TypeComparer }) {
    super(options);
  }

  override fault<Code extends keyof FaultTexts>(
    code: Code,
    offset: number,
    ...details: Parameters<FaultTexts[Code]>
  ): void {
    if (!this.isSilent) super.fault(code, offset, ...details);
  }

  override report(code: string, message: string, offset: number): void {
    if (!this.isSilent) super.report(code, message, offset);
  }

  override quietly<T>(run: () => T): T {
    const before = this.isSilent;
    this.isSilent = true;
    try {
      return run();
    } finally {
      this.isSilent = before;
    }
  }
}
