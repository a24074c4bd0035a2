import type { PlatformOutput } from './runners/platform-output.ts';

/** The results of one platform, which are a row of the table. The cases of WASI have a table of their own. */
interface PlatformResult {
  readonly platform: string;
  readonly version: string;
  /** The engine that the runtime chose, followed by the other engine if it was tested too. */
  readonly engines: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** A line for each case that failed or was skipped. */
  readonly problems: readonly string[];
}

/** Counts the results of a platform. A platform that did not finish counts as one failed case more. */
export function countResults(
  platform: string,
  { version, lines, otherOutput }: PlatformOutput,
  seconds: number,
): PlatformResult {
  const all = lines.flatMap((line) => (line.tag === 'case' ? [line] : []));
  const cases = all.filter(({ table }) => table !== 'wasi');
  const chosen = lines.find((line) => line.tag === 'chosen')?.engine ?? '?';
  const engines = [...new Set([chosen, ...cases.map(({ engine }) => engine)])];
  const problems = all
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ engine, name, outcome, reason }) => `${outcome}: ${name} (${engine}): ${reason ?? ''}`);
  const ended = lines.some(({ tag }) => tag === 'end');
  if (!ended) problems.push(`the test file did not finish. Its output:\n${otherOutput}`);
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
