import type { DiffReport } from './report.ts';
import { kindOf, KINDS } from './group.ts';

/** What the changes are, in a few words. */
export function verdict({ changes, bump }: DiffReport): string {
  if (changes.length === 0) return 'nothing changed';
  const counts = KINDS.map((kind) => ({ kind, count: changes.filter((one) => kindOf(one) === kind).length }));
  const parts = counts.filter(({ count }) => count > 0).map(({ kind, count }) => `${count} ${kind}`);
  return `${WORDS[bump]}: ${parts.join(', ')}`;
}

const WORDS = {
  major: 'breaking changes',
  minor: 'compatible changes',
  patch: 'nothing that anyone has to follow',
} as const;

/** Whether the version says so, in a sentence; nothing where there are no versions. */
export function versionText({ bump, version, changes }: DiffReport): string | undefined {
  if (version === undefined) return undefined;
  const { old, new: next, allows, fits, least } = version;
  if (changes.length === 0) return undefined;
  const need = `${bump === 'patch' ? 'this needs' : `a ${bump} change needs`} ${least} or later`;
  if (fits) return `the version fits: ${need}, and it is ${next}`;
  if (allows === 'none')
    return `the version did not grow: ${need}, and it is ${old === next ? `still ${next}` : next}`;
  const may = allows === 'minor' ? 'add, and not break' : 'neither add nor break';
  return `the version is not far enough: ${need}, and ${old} → ${next} may ${may}`;
}
