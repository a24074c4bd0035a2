import type { PlatformOutput } from './runners/platform-output.ts';

/** The results of one platform in the cases of concurrency, by group. */
export type GroupResults = ReadonlyMap<string, GroupResult>;

interface GroupResult {
  /** Cases that pass with every engine that was tested. */
  readonly passed: number;
  /** Cases that pass with the trap of platforms that cannot suspend stacks. */
  readonly trapped: number;
  readonly failed: number;
}

type Outcome = keyof GroupResult;

/** Counts the cases of concurrency of a platform by group. A case that was run with two engines counts once. */
export function groupResults({ lines }: Pick<PlatformOutput, 'lines'>): GroupResults {
  const groups = new Map<string, Map<string, Outcome>>();
  for (const line of lines) {
    if (line.tag !== 'case' || line.group === undefined) continue;
    const outcomes = groups.get(line.group) ?? new Map<string, Outcome>();
    groups.set(line.group, outcomes);
    const outcome = line.outcome === 'passed' ? (line.trapped === true ? 'trapped' : 'passed') : 'failed';
    if (outcomes.get(line.name) !== 'failed') outcomes.set(line.name, outcome);
  }
  return new Map([...groups].map(([group, outcomes]) => [group, counted([...outcomes.values()])]));
}

function counted(outcomes: readonly Outcome[]): GroupResult {
  const count = (outcome: Outcome): number => outcomes.filter((each) => each === outcome).length;
  return { passed: count('passed'), trapped: count('trapped'), failed: count('failed') };
}

/** Returns a row for each group: its name, and what happened on each platform, such as `9` or `6 + 3 traps`. */
export function groupRows(platforms: readonly GroupResults[]): readonly (readonly string[])[] {
  const names = new Set(platforms.flatMap((results) => [...results.keys()]));
  return [...names].map((name) => [name, ...platforms.map((results) => shown(results.get(name)))]);
}

function shown(result: GroupResult | undefined): string {
  if (result === undefined) return '';
  const { passed, trapped, failed } = result;
  const parts = [String(passed)];
  if (trapped > 0) parts.push(`${trapped} ${trapped === 1 ? 'trap' : 'traps'}`);
  if (failed > 0) parts.push(`${failed} failed`);
  return parts.join(' + ');
}
