/** One case of a suite, as the JSON report shows it. */
export interface Case {
  readonly file: string;
  readonly name: string;
  readonly line?: number;
  /** A case that could not be run has failed; `skipped` is for what the user left out. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed; of a passed case that expects an error, which one came. */
  readonly reason?: string;
}

/** What `--json` writes. */
export interface Report {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cases: readonly Case[];
}

export interface SuiteOptions {
  /** Files or folders; the suite's own in `../shared` where none is given. */
  readonly paths: readonly string[];
  /** `--imports`: the URL of an ES module whose default export is the import object for every instantiation of `wast`. */
  readonly imports?: string;
}

export interface Suite {
  readonly name: string;
  run(options: SuiteOptions): AsyncIterable<Case>;
}
