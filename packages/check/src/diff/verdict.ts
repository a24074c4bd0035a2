import type { DiffReport } from './report.ts';
import { type Kind, kindOf, KINDS } from './group.ts';

/** What the changes are, in a few words. */
export function verdict({ changes }: DiffReport): string {
  if (changes.length === 0) return 'nothing changed';
  return KINDS.map((kind) => ({ kind, count: changes.filter((one) => kindOf(one) === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${WORDS[kind]}`)
    .join(', ');
}

const WORDS: Readonly<Record<Kind, string>> = {
  breaking: 'breaking',
  new: 'compatible',
  gated: 'gated',
  documentation: 'of documentation',
};

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
