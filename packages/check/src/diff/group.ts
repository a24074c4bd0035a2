import type { Change } from './report.ts';

/** How changes are gathered for people. */
export const KINDS = ['breaking', 'new', 'gated', 'documentation'] as const;

export type Kind = (typeof KINDS)[number];

export function kindOf({ bump, code, feature }: Change): Kind {
  if (code === 'docs-changed') return 'documentation';
  if (bump === 'major') return 'breaking';
  return feature === undefined ? 'new' : 'gated';
}

/** Changes of one kind by what they concern, in the order of the report. */
export function grouped(changes: readonly Change[], kind: Kind): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    if (kindOf(change) !== kind) continue;
    const [first = ''] = change.path;
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [change]);
    else group.push(change);
  }
  return groups;
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
