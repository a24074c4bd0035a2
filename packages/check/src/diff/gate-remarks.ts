import { compareVersions, type Package } from '@wit-ts/model';
import { changePathText } from './change-path.ts';
import { itemsOf, type PackageItem } from './package-items.ts';
import type { Change, Remark } from './report.ts';

/**
 * Finds gates that are missing or wrong (`WIT.md`, "Feature Gates"): a new part has `@since` with its version, or
 * `@unstable`; a removed part was deprecated first. Packages without any `@since` do not use gates and get no remarks.
 */
export function gateRemarks(old: Package, next: Package, changes: readonly Change[]): Remark[] {
  const [before, after] = [itemsOf(old), itemsOf(next)];
  if (![...before.values(), ...after.values()].some(({ stability }) => stability?.tag === 'stable'))
    return [];
  const remarks: Remark[] = [];
  for (const [key, item] of after) {
    const was = before.get(key);
    const remark = was === undefined ? newItem(item, old, next, before) : keptItem(item, was, next);
    if (remark !== undefined) remarks.push({ ...remark, path: item.path });
  }
  const changed = new Set(changes.map(({ path }) => changePathText(path)));
  for (const [key, item] of before) {
    if (after.has(key) || item.stability?.tag === 'unstable' || item.inherits?.tag === 'unstable') continue;
    if (
      changed.has(key) &&
      item.stability?.deprecated === undefined &&
      item.inherits?.deprecated === undefined
    ) {
      const message = 'it was removed without being deprecated in an earlier version';
      remarks.push({ code: 'removed-undeprecated', path: item.path, message });
    }
  }
  return remarks;
}

function newItem(
  { path, stability, inherits, isImplied }: PackageItem,
  old: Package,
  next: Package,
  before: ReadonlyMap<string, PackageItem>,
): Omit<Remark, 'path'> | undefined {
  const version = next.name.version;
  if (stability?.tag === 'unstable') return undefined;
  if (stability === undefined) {
    // The gate of something new counts for everything in it.
    const isInNew = path.length > 1 && !before.has(changePathText(path.slice(0, 1)));
    if (inherits?.tag === 'unstable' || isInNew || isImplied) return undefined;
    const since = version === undefined ? '@since(version = …)' : `@since(version = ${version})`;
    return {
      code: 'since-missing',
      message: `it is new but has no gate: write \`${since}\` or \`@unstable\``,
    };
  }
  const from = old.name.version;
  if (from === undefined || compareVersions(stability.since, from) > 0 || stability.since.includes('-'))
    return undefined;
  return {
    code: 'since-wrong',
    message: `its \`@since\` is ${stability.since}, but ${from} did not have it`,
  };
}

function keptItem(item: PackageItem, was: PackageItem, next: Package): Omit<Remark, 'path'> | undefined {
  const [old, now] = [was.stability, item.stability];
  if (old?.tag === 'stable' && now?.tag === 'stable' && old.since !== now.since) {
    return { code: 'since-changed', message: `its \`@since\` changed from ${old.since} to ${now.since}` };
  }
  if (old?.tag === 'stable' && now === undefined) {
    return { code: 'since-missing', message: `its \`@since(version = ${old.since})\` was removed` };
  }
  const version = next.name.version;
  if (old?.tag === 'unstable' && now?.tag === 'stable' && version !== undefined && now.since !== version) {
    const message = `it became stable in ${version}, but its \`@since\` is ${now.since}`;
    return { code: 'since-wrong', message };
  }
  if (old?.tag === 'unstable' && now === undefined) {
    return {
      code: 'since-missing',
      message: `it became stable: write \`@since(version = ${version ?? '…'})\``,
    };
  }
  return undefined;
}
