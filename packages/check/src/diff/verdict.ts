import { withoutPrototype } from '@wit-ts/model';
import type { DiffReport } from './report.ts';
import { CHANGE_KINDS, changeKindOf } from './change-groups.ts';

/** Counts the changes: `1 breaking change, 2 compatible changes`. */
export function verdict({ changes }: DiffReport): string {
  if (changes.length === 0) return 'nothing changed';
  return CHANGE_KINDS.map((kind) => ({
    kind,
    count: changes.filter((one) => changeKindOf(one) === kind).length,
  }))
    .filter(({ count }) => count > 0)
    .map(
      ({ kind, count }) =>
        `${count} ${kind === 'new' ? 'compatible' : kind} ${count === 1 ? 'change' : 'changes'}`,
    )
    .join(', ');
}

/** Says whether the step of the version allows the changes; nothing if there are no versions or no changes. */
export function versionText({ bump, version, changes }: DiffReport): string | undefined {
  if (version === undefined) return undefined;
  const { old, new: next, allows, fits, least } = version;
  if (changes.length === 0) return undefined;
  const need = `a ${bump} change needs ${least} or later`;
  if (fits) return `the version fits: ${need}, and the version is ${next}`;
  if (allows === 'none')
    return `the version did not increase: ${need}, but the version is ${old === next ? 'still ' : ''}${next}`;
  const allowed = allows === 'minor' ? 'additions only' : 'neither additions nor breaking changes';
  return `the version is too low: ${need}, but ${old} → ${next} allows ${allowed}`;
}

/**
 * Returns whether a difference passes a check: the version grew as much as the changes need, and no change is major.
 *
 * @param options.allowMajor accept major changes too, if the version allows them
 */
export function isAcceptableChange(
  { bump, changes, version }: DiffReport,
  options: { readonly allowMajor?: boolean } = {},
): boolean {
  const { allowMajor = false } = withoutPrototype(options);
  const versionFits = version === undefined || version.fits || changes.length === 0;
  return versionFits && (bump !== 'major' || (allowMajor && version !== undefined));
}
