import { segmentText, type PathSegment } from '@wit-ts/model';
import { changePathText } from './change-path.ts';
import type { Change, Remark } from './report.ts';

/** The sections in which changes are shown to people, in order. */
export const CHANGE_KINDS = ['breaking', 'new', 'gated', 'documentation'] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

export function changeKindOf({ bump, code, feature }: Change): ChangeKind {
  if (code === 'docs-changed') return 'documentation';
  if (bump === 'major') return 'breaking';
  return feature === undefined ? 'new' : 'gated';
}

/** Changes of one kind to one interface or world. */
export interface ChangeGroup {
  readonly title: PathSegment;
  readonly changes: readonly Change[];
  /** Further changes that an earlier group has as well, as when a world includes another one. */
  readonly sameAs?: { readonly title: PathSegment; readonly count: number };
}

/** Groups changes of one kind by interface or world, in the order of the report. */
export function groupChanges(changes: readonly Change[], kind: ChangeKind): ChangeGroup[] {
  const byTitle = new Map<string, { readonly title: PathSegment; readonly changes: Change[] }>();
  for (const change of changes) {
    const [title] = change.path;
    if (changeKindOf(change) !== kind || title === undefined) continue;
    const group = byTitle.get(segmentText(title));
    if (group === undefined) byTitle.set(segmentText(title), { title, changes: [change] });
    else group.changes.push(change);
  }
  const groups: ChangeGroup[] = [];
  for (const group of byTitle.values()) groups.push(shortened(group, groups));
  return groups;
}

/** Fewer shared changes than this are repeated. */
const MIN_SHARED = 3;

/** More worlds than these are not searched for shared changes. */
const MAX_SEARCHED = 20;

function shortened({ title, changes }: ChangeGroup, before: readonly ChangeGroup[]): ChangeGroup {
  if (title.tag !== 'world') return { title, changes };
  let best: { readonly group: ChangeGroup; readonly same: ReadonlySet<Change> } | undefined;
  for (const group of before.slice(0, MAX_SEARCHED)) {
    if (group.title.tag !== 'world') continue;
    const known = new Set(group.changes.map(textOf));
    const same = new Set(changes.filter((change) => known.has(textOf(change))));
    if (same.size > (best?.same.size ?? 0)) best = { group, same };
  }
  if (best === undefined || best.same.size < MIN_SHARED) return { title, changes };
  const { group, same } = best;
  const others = changes.filter((change) => !same.has(change));
  return { title, changes: others, sameAs: { title: group.title, count: same.size } };
}

function textOf({ code, path, summary }: Change): string {
  return [code, summary, changePathText(path.slice(1))].join('\n');
}

const PARTIES: ReadonlyMap<string, string> = new Map([
  ['hosts', 'hosts'],
  ['guests', 'guests'],
  ['hosts,guests', 'hosts and guests'],
]);

/** The parties that a change breaks: `hosts and guests`, or an empty text. */
export function partiesText({ breaks }: Change): string {
  return PARTIES.get(breaks.join()) ?? '';
}

/** Groups remarks by their messages, with the paths that each applies to. */
export function pathsByMessage(remarks: readonly Remark[]): Map<string, Remark['path'][]> {
  const groups = new Map<string, Remark['path'][]>();
  for (const { message, path } of remarks) {
    const group = groups.get(message);
    if (group === undefined) groups.set(message, [path]);
    else group.push(path);
  }
  return groups;
}
