import { plainLine } from '@wit-ts/model';

/** One import that cannot be linked, or one limit that is exceeded. */
export interface LinkProblem {
  /** The path of the import, as the host writes it: `example:service/processor`, then the member; or the limit. */
  readonly path: readonly string[];
  /** What the component expects; for a function its type in WIT. */
  readonly expected: string;
  /** What was found instead. */
  readonly given: string;
  readonly help?: string;
}

/**
 * Thrown when the imports that a host gives do not fit the component, or the component exceeds its limits from the
 * start. The error lists every import that is missing or has the wrong type, or every limit. Nothing of the component
 * has run.
 */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly problems: readonly LinkProblem[];
  /** `over-limit` when the problems are limits that the component exceeds from the start; absent for imports. */
  declare readonly code?: 'over-limit';

  constructor(
    problems: readonly LinkProblem[],
    summary = summaryOf(problems),
    options?: { readonly code?: 'over-limit' | undefined },
  ) {
    super([summary, ...problems.map(problemText)].join('\n'));
    this.problems = problems;
    if (options?.code !== undefined) this.code = options.code;
  }
}

function summaryOf(problems: readonly LinkProblem[]): string {
  return problems.length === 1
    ? 'an import of the component is not satisfied:'
    : `${problems.length} imports of the component are not satisfied:`;
}

function problemText({ path, expected, given, help }: LinkProblem): string {
  const text = `  ${plainLine(`${path.join(' › ')}: expected ${expected}, got ${given}`)}`;
  return help === undefined ? text : `${text}\n    ${plainLine(help)}`;
}
