import type { Change, Remark } from './report.ts';

/** How changes are gathered for people. */
export const KINDS = ['breaking', 'new', 'gated', 'documentation'] as const;

export type Kind = (typeof KINDS)[number];

export function kindOf({ bump, code, feature }: Change): Kind {
  if (code === 'docs-changed') return 'documentation';
  if (bump === 'major') return 'breaking';
  return feature === undefined ? 'new' : 'gated';
}

/** Changes of one kind that concern one thing. */
export interface Group {
  readonly title: string;
  readonly changes: readonly Change[];
  /** Changes that stand in an earlier group as well: a world includes another one. */
  readonly as?: { readonly title: string; readonly count: number };
}

/** Changes of one kind by what they concern, in the order of the report. */
export function grouped(changes: readonly Change[], kind: Kind): Group[] {
  const byTitle = new Map<string, Change[]>();
  for (const change of changes) {
    if (kindOf(change) !== kind) continue;
    const [first = ''] = change.path;
    const group = byTitle.get(first);
    if (group === undefined) byTitle.set(first, [change]);
    else group.push(change);
  }
  const groups: Group[] = [];
  for (const [title, some] of byTitle) groups.push(shortened(title, some, groups));
  return groups;
}

/** Fewer changes than this are said again. */
const WORTH_IT = 3;

function shortened(title: string, changes: readonly Change[], before: readonly Group[]): Group {
  const best = before
    .filter((group) => group.title.startsWith('world ') && title.startsWith('world '))
    .map((group) => ({ group, known: new Set(group.changes.map(textOf)) }))
    .map(({ group, known }) => ({ group, same: changes.filter((change) => known.has(textOf(change))) }))
    .reduce<{ group: Group; same: Change[] } | undefined>(
      (most, one) => (one.same.length > (most?.same.length ?? 0) ? one : most),
      undefined,
    );
  if (best === undefined || best.same.length < WORTH_IT) return { title, changes };
  const others = changes.filter((change) => !best.same.includes(change));
  return { title, changes: others, as: { title: best.group.title, count: best.same.length } };
}

function textOf({ code, path, summary }: Change): string {
  return [code, summary, ...path.slice(1)].join('\n');
}

const PARTIES: ReadonlyMap<string, string> = new Map([
  ['hosts', 'hosts'],
  ['guests', 'guests'],
  ['hosts,guests', 'hosts and guests'],
]);

/** Who must follow: `hosts and guests`, or nothing where nobody has to. */
export function partiesText({ breaks }: Change): string {
  return PARTIES.get(breaks.join()) ?? '';
}

/** Remarks by what they say, with the places that it is said of. */
export function byMessage(remarks: readonly Remark[]): Map<string, (readonly string[])[]> {
  const groups = new Map<string, (readonly string[])[]>();
  for (const { message, path } of remarks) {
    const group = groups.get(message);
    if (group === undefined) groups.set(message, [path]);
    else group.push(path);
  }
  return groups;
}
