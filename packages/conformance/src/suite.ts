/** One case of a suite, as the JSON report shows it. */
export interface Case {
  readonly file: string;
  readonly name: string;
  readonly line?: number;
  /** A case that could not be run has failed; `skipped` is for what the user left out. */
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly reason?: string;
}

export interface SuiteOptions {
  /** Files or folders; the suite's own in `../shared` where none is given. */
  readonly paths: readonly string[];
  /** `--imports`: the import object for every instantiation of `wast`. */
  readonly imports?: Readonly<Record<string, unknown>>;
}

export interface Suite {
  readonly name: string;
  run(options: SuiteOptions): AsyncIterable<Case>;
}
