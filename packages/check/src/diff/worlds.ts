import { funcText, mismatches, typeDefText, type Mismatch, type World, type WorldItem } from '@wit-ts/model';
import { memberKey, nameOf } from '../summary.ts';
import { changeText } from './change-text.ts';
import type { Bump, Change, Party } from './report.ts';

/** Codes that say that something is there on one side only. */
const PRESENCE: ReadonlySet<string> = new Set([
  'import-not-offered',
  'export-missing',
  'function-missing',
  'type-missing',
]);

/**
 * What changed between two worlds. Old guests are held against the new world: what is gone, what differs, and exports that
 * they lack. Then old hosts against new guests, where only what is there or not is of interest, since what differs has
 * been found.
 */
export function worldChanges(old: World, next: World): Change[] {
  const forGuests = mismatches(old, next).map((mismatch): Change => {
    const presence = PRESENCE.has(mismatch.code);
    return changeOf(mismatch, changeText(mismatch), 'major', presence ? ['guests'] : ['hosts', 'guests'], {
      old: presence ? textAt(old, mismatch) : mismatch.found,
      new: presence ? textAt(next, mismatch) : mismatch.expected,
    });
  });
  const forHosts = mismatches(next, old)
    .filter(({ code }) => PRESENCE.has(code))
    .map((mismatch): Change => {
      const isNew = mismatch.side === 'import';
      const summary = isNew ? 'it was added' : 'it was removed';
      return changeOf(mismatch, summary, isNew ? 'minor' : 'major', ['hosts'], {
        old: textAt(old, mismatch),
        new: textAt(next, mismatch),
      });
    });
  return withHints(moved([...forGuests, ...forHosts]));
}

interface Texts {
  readonly old: string | undefined;
  readonly new: string | undefined;
}

function changeOf(
  { code, path }: Mismatch,
  summary: string,
  bump: Bump,
  breaks: readonly Party[],
  texts: Texts,
): Change {
  return {
    code: PRESENCE.has(code) ? presenceCode(code, summary) : code,
    path,
    summary,
    bump,
    breaks,
    ...(texts.old === undefined ? {} : { old: texts.old }),
    ...(texts.new === undefined ? {} : { new: texts.new }),
  };
}

/** `function-added` rather than which side misses it. */
function presenceCode(code: string, summary: string): string {
  const noun = code.slice(0, code.indexOf('-'));
  return `${noun}-${summary.endsWith('added') ? 'added' : 'removed'}`;
}

/** What stands in a world where a whole function, type or item is there or not. */
function textAt(world: World, { side, path }: Mismatch): string | undefined {
  const item = (side === 'import' ? world.imports : world.exports).get(nameOf(path[0] ?? ''));
  if (item === undefined) return undefined;
  if (path[1] !== undefined) return memberText(item, memberKey(path[1]));
  if (item.tag === 'function') return funcText(item.function, SHORT);
  return item.tag === 'type' ? typeDefText(item.type, SHORT) : undefined;
}

const SHORT = { limit: 300 };

function memberText(item: WorldItem, key: string): string | undefined {
  if (item.tag !== 'interface') return undefined;
  const func = item.interface.functions.get(key);
  if (func !== undefined) return funcText(func, SHORT);
  const type = item.interface.types.get(key);
  return type && typeDefText(type, SHORT);
}

/** An interface that went and came with another version is one change. */
function moved(changes: readonly Change[]): Change[] {
  const arrivals = new Map<string, Change>();
  for (const change of changes) {
    const name = wholeItem(change);
    if (name !== undefined && change.summary.endsWith('added')) arrivals.set(unversioned(name), change);
  }
  const gone = new Set<Change>();
  return changes
    .map((change) => {
      const name = wholeItem(change);
      const arrival = name === undefined ? undefined : arrivals.get(unversioned(name));
      if (name === undefined || !name.includes('@') || change === arrival || arrival === undefined)
        return change;
      if (!change.summary.endsWith('removed')) return change;
      gone.add(arrival);
      return versionChange(change, arrival);
    })
    .filter((change) => !gone.has(change));
}

function versionChange(from: Change, to: Change): Change {
  const [old = '', next = ''] = [from, to].map(({ path }) => path[0]?.split('@')[1]);
  return {
    code: from.code.replace('removed', 'version'),
    path: [unversioned(from.path[0] ?? '')],
    summary: `its version went from ${old} to ${next}, which do not link`,
    bump: 'major',
    breaks: ['hosts', 'guests'],
    old,
    new: next,
  };
}

function wholeItem({ code, path }: Change): string | undefined {
  return path.length === 1 && /^(?:import|export)-/u.test(code) ? path[0] : undefined;
}

function unversioned(name: string): string {
  return name.split('@', 1)[0]!;
}

/** Where something went and something of the same type came to the same place, it was renamed, perhaps. */
function withHints(changes: readonly Change[]): Change[] {
  return changes.map((change) => {
    if (!/^(?:function|type)-removed$/u.test(change.code) || change.old === undefined) return change;
    const home = change.path.slice(0, -1).join(' › ');
    const twins = changes.filter(
      (other) =>
        other.code === change.code.replace('removed', 'added') &&
        other.new === change.old &&
        other.path.slice(0, -1).join(' › ') === home,
    );
    const [twin] = twins;
    if (twins.length !== 1 || twin === undefined) return change;
    return { ...change, hint: `\`${nameOf(twin.path.at(-1) ?? '')}\` is new and has the same type` };
  });
}
