/** A step of `pnpm check`. */
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
  /** Descriptions of everything that is wrong; empty if the step passed. */
  readonly problems: readonly string[];
}

/** Returns the result of a step that is one check: it passes, or it fails with the problems. */
export function single(problems: readonly string[], note?: string): StepResult {
  const failed = problems.length > 0 ? 1 : 0;
  return { passed: 1 - failed, failed, skipped: 0, problems, ...(note === undefined ? {} : { note }) };
}

/** Returns the result of a step that has nothing to check on this machine. The note says why. */
export function skipped(note: string): StepResult {
  return { passed: 0, failed: 0, skipped: 1, problems: [], note };
}
