import type { Outcome } from './runners/outcome.ts';

/** A row of the table. */
export interface Tally {
  readonly platform: string;
  readonly version: string;
  /** The engine that the runtime chose, and after it the other one, where that was tested too. */
  readonly engines: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly problems: readonly string[];
}

/** Counts what a platform reported. One that did not come to its end has failed, whatever it reported until then. */
export function tally(platform: string, { version, lines, said }: Outcome, seconds: number): Tally {
  const cases = lines.flatMap((line) => (line.tag === 'case' ? [line] : []));
  const chosen = lines.find((line) => line.tag === 'chosen')?.engine ?? '?';
  const engines = [...new Set([chosen, ...cases.map(({ engine }) => engine)])];
  const problems = cases
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ engine, name, outcome, reason }) => `${outcome}: ${name} (${engine}): ${reason ?? ''}`);
  const ended = lines.some(({ tag }) => tag === 'end');
  if (!ended) problems.push(`it did not come to the end. It said:\n${said}`);
  const count = (outcome: string): number => cases.filter((each) => each.outcome === outcome).length;
  return {
    platform,
    version,
    engines: engines.join(', '),
    passed: count('passed'),
    failed: count('failed') + (ended ? 0 : 1),
    skipped: count('skipped'),
    seconds,
    problems,
  };
}
