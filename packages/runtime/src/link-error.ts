/** One import that cannot be linked. */
export interface LinkProblem {
  /** The import, as the host would have to name it: `example:service/processor`, then the member. */
  readonly path: readonly string[];
  /** What the component wants, in WIT where it is a function. */
  readonly expected: string;
  /** What was found in its place. */
  readonly given: string;
  readonly help?: string;
}

/** The host and the component do not fit: every import that is missing or of the wrong kind, before anything runs. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly problems: readonly LinkProblem[];

  constructor(problems: readonly LinkProblem[], summary = summaryOf(problems)) {
    super([summary, ...problems.map(problemText)].join('\n'));
    this.problems = problems;
  }
}

function summaryOf(problems: readonly LinkProblem[]): string {
  return problems.length === 1
    ? 'an import of the component is not satisfied:'
    : `${problems.length} imports of the component are not satisfied:`;
}

function problemText({ path, expected, given, help }: LinkProblem): string {
  const text = `  ${path.join(' › ')}: expected ${expected}, got ${given}`;
  return help === undefined ? text : `${text}\n    ${help}`;
}
