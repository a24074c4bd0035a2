import type { PlatformOutput } from './runners/platform-output.ts';
import type { CountedGroup } from './suite/platform-case.ts';

/** The results of one platform in the cases of one table, by group. */
export type GroupResults = ReadonlyMap<string, GroupResult>;

interface GroupResult {
  /** Cases that pass with every engine that was tested. */
  readonly passed: number;
  /** Cases that pass by doing what they expect of platforms without something that they need. */
  readonly limited: number;
  readonly failed: number;
}

type Outcome = keyof GroupResult;

/** Counts the cases of a table by group. A case that was run with two engines counts once. */
export function groupResults(
  { lines }: Pick<PlatformOutput, 'lines'>,
  table: CountedGroup['table'],
): GroupResults {
  const groups = new Map<string, Map<string, Outcome>>();
  for (const line of lines) {
    if (line.tag !== 'case' || line.table !== table || line.group === undefined) continue;
    const outcomes = groups.get(line.group) ?? new Map<string, Outcome>();
    groups.set(line.group, outcomes);
    const outcome = line.outcome === 'passed' ? (line.limited === true ? 'limited' : 'passed') : 'failed';
    if (outcomes.get(line.name) !== 'failed') outcomes.set(line.name, outcome);
  }
  return new Map([...groups].map(([group, outcomes]) => [group, counted([...outcomes.values()])]));
}

function counted(outcomes: readonly Outcome[]): GroupResult {
  const count = (outcome: Outcome): number => outcomes.filter((each) => each === outcome).length;
  return { passed: count('passed'), limited: count('limited'), failed: count('failed') };
}

/** Returns a row for each group: its name, and what happened on each platform, such as `9` or `6 + 3 limited`. */
export function groupRows(platforms: readonly GroupResults[]): readonly (readonly string[])[] {
  const names = new Set(platforms.flatMap((results) => [...results.keys()]));
  return [...names].map((name) => [name, ...platforms.map((results) => shown(results.get(name)))]);
}

function shown(result: GroupResult | undefined): string {
  if (result === undefined) return '';
  const { passed, limited, failed } = result;
  const parts = [String(passed)];
  if (limited > 0) parts.push(`${limited} limited`);
  if (failed > 0) parts.push(`${failed} failed`);
  return parts.join(' + ');
}
