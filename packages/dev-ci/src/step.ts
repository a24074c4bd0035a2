/** One thing that is checked. */
export interface CheckStep {
  readonly name: string;
  run(): Promise<StepResult>;
}

export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What was measured, in a few words. */
  readonly note?: string;
  /** What is wrong, as text to show; empty where all is well. */
  readonly problems: readonly string[];
}

/** A step that is one check: it passes, or it fails with what is wrong. */
export function single(problems: readonly string[], note?: string): StepResult {
  const failed = problems.length > 0 ? 1 : 0;
  return { passed: 1 - failed, failed, skipped: 0, problems, ...(note === undefined ? {} : { note }) };
}

/** A step with nothing to check here, and why. */
export function skipped(note: string): StepResult {
  return { passed: 0, failed: 0, skipped: 1, problems: [], note };
}
