/** A question about WIT in the wild, answered with figures. */
export interface Study {
  /** As it is asked for: `pnpm study corpus`. */
  readonly name: string;
  /** Where its figures stand, from the root of the checkout; `docs/studies.md` where none is given. */
  readonly page?: string;
  readonly run: (options: StudyOptions) => Promise<Findings>;
}

export interface StudyOptions {
  /** How many mutants and the like are made. */
  readonly count?: number;
  /** Of the random numbers: the same seed gives the same figures. */
  readonly seed: number;
}

export interface Findings {
  /** What is worth reading: text, tables. */
  readonly markdown: string;
  /** Whether what ought to hold does not. */
  readonly failed: boolean;
  /** Everything that was measured, for other tools. */
  readonly data: unknown;
}
