import { compareVersions, type Package } from '@wit-ts/model';
import { itemsOf, type Item } from './items.ts';
import type { Change, Remark } from './report.ts';

/**
 * Gates that are missing or wrong (`WIT.md`, "Feature Gates"): what is new says `@since` its version or `@unstable`; what
 * goes was deprecated first. Packages that nowhere say `@since` do not keep this custom, and are left alone.
 */
export function gateHygiene(old: Package, next: Package, changes: readonly Change[]): Remark[] {
  const [before, after] = [itemsOf(old), itemsOf(next)];
  if (![...before.values(), ...after.values()].some(({ stability }) => stability?.tag === 'stable'))
    return [];
  const remarks: Remark[] = [];
  for (const [key, item] of after) {
    const was = before.get(key);
    const remark = was === undefined ? newItem(item, old, next, before) : keptItem(item, was, next);
    if (remark !== undefined) remarks.push({ ...remark, path: item.path });
  }
  for (const [key, item] of before) {
    if (after.has(key) || item.stability?.tag === 'unstable' || item.inherits?.tag === 'unstable') continue;
    const isWhole = changes.some(({ path }) => path.join(' › ') === key);
    if (isWhole && item.stability?.deprecated === undefined && item.inherits?.deprecated === undefined) {
      const message = 'it was removed without being deprecated in a version before';
      remarks.push({ code: 'removed-undeprecated', path: item.path, message });
    }
  }
  return remarks;
}

function newItem(
  { path, stability, inherits, isImplied }: Item,
  old: Package,
  next: Package,
  before: ReadonlyMap<string, Item>,
): Omit<Remark, 'path'> | undefined {
  const version = next.name.version;
  if (stability?.tag === 'unstable') return undefined;
  if (stability === undefined) {
    // Of what is in something new, that which it is in says it.
    const isInNew = path.length > 1 && !before.has(path[0]!);
    if (inherits?.tag === 'unstable' || isInNew || isImplied) return undefined;
    const since = version === undefined ? '@since(version = …)' : `@since(version = ${version})`;
    return {
      code: 'since-missing',
      message: `it is new and says nothing of it: write \`${since}\`, or \`@unstable\``,
    };
  }
  const from = old.name.version;
  if (from === undefined || compareVersions(stability.since, from) > 0 || stability.since.includes('-'))
    return undefined;
  return {
    code: 'since-wrong',
    message: `it says that it is there since ${stability.since}, but ${from} did not have it`,
  };
}

function keptItem(item: Item, was: Item, next: Package): Omit<Remark, 'path'> | undefined {
  const [old, now] = [was.stability, item.stability];
  if (old?.tag === 'stable' && now?.tag === 'stable' && old.since !== now.since) {
    return { code: 'since-changed', message: `it was there since ${old.since}, and now says ${now.since}` };
  }
  if (old?.tag === 'stable' && now === undefined) {
    return { code: 'since-missing', message: `it no longer says that it is there since ${old.since}` };
  }
  const version = next.name.version;
  if (old?.tag === 'unstable' && now?.tag === 'stable' && version !== undefined && now.since !== version) {
    const message = `it became stable with ${version}, and says ${now.since}`;
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
