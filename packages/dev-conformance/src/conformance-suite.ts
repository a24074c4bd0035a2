import type { GuestHost } from './wasi/guest-settings.ts';

/** The result of one case of a suite, as the JSON report contains it. */
export interface CaseResult {
  readonly file: string;
  readonly name: string;
  readonly line?: number;
  /** A case that could not be run counts as failed. `skipped` means that the files of the case are not installed. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why the case failed. For a passed case that expects an error: the error that was thrown. */
  readonly reason?: string;
}

/** The results of a suite, as `--json` writes them. */
export interface SuiteReport {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cases: readonly CaseResult[];
}

/**
 * What scripts run with: code that the runtime emits, the readable reference, or a static module that was written for
 * the component.
 */
export const engineNames = ['compiled', 'reference', 'static'] as const;

export type EngineName = (typeof engineNames)[number];

export interface SuiteOptions {
  /** Files or folders. When empty, the suite runs its own folders in `../shared`. */
  readonly paths: readonly string[];
  /** For `wast` only: the URL of an ES module whose default export is the import object for every instantiation. */
  readonly imports?: string;
  /** For `wast` only. The default is `compiled`. */
  readonly engine?: EngineName;
  /** For `wasi` only. The default is `wit-ts`. */
  readonly host?: GuestHost;
}

export interface ConformanceSuite {
  readonly name: string;
  run(options: SuiteOptions): AsyncIterable<CaseResult>;
}
