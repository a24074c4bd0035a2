/** An experiment with many inputs, whose figures are published in the documentation. */
export interface Study {
  /** The name that `pnpm study NAME` takes. */
  readonly name: string;
  /** The question that the study answers, for the help. */
  readonly question: string;
  /** The page with the figures, relative to the root of the checkout; `docs/studies.md` by default. */
  readonly page?: string;
  readonly run: (options: StudyOptions) => Promise<StudyFindings>;
}

/** The options of `pnpm study`. */
export interface StudyOptions {
  /** How many random inputs to try; each study has its own default. */
  readonly count?: number;
  /** The seed of the random numbers. The same seed gives the same inputs. */
  readonly seed: number;
  /** The directory with the sources of the specification, for the study that compares with it. */
  readonly specification?: string;
}

/** The result of a study. */
export interface StudyFindings {
  /** The figures as Markdown, for people. */
  readonly markdown: string;
  /** Whether something that must hold does not hold. */
  readonly failed: boolean;
  /** Everything that was measured, for `--json`. */
  readonly data: unknown;
}
