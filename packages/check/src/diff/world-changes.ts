import {
  funcText,
  mismatches,
  mismatchTexts,
  segmentName,
  segmentText,
  typeDefText,
  type Mismatch,
  type PathSegment,
  type World,
  itemMemberOf,
  type ItemMember,
} from '@wit-ts/model';
import { changePathText, unversioned } from './change-path.ts';
import { changeText } from './change-text.ts';
import type { Change, ChangeCode, Party } from './report.ts';

/** A mismatch that says that something is on one side only. */
type PresenceMismatch = Extract<
  Mismatch,
  { readonly code: 'import-not-offered' | 'export-missing' | 'function-missing' | 'type-missing' }
>;

function isPresence(mismatch: Mismatch): mismatch is PresenceMismatch {
  return 'missing' in mismatch;
}

/**
 * Lists what changed between two worlds. First old guests are compared with the new world: what was removed, what
 * differs, and exports that they lack. Then old hosts are compared with new guests, only for what was added or removed,
 * because the first comparison has found the differences.
 */
export function worldChanges(old: World, next: World): Change[] {
  const forGuests = mismatches(old, next).map((mismatch): Change => {
    if (isPresence(mismatch)) return presenceChange(mismatch, 'guests', old, next);
    const { expected, found } = mismatchTexts(mismatch);
    return {
      code: mismatch.code,
      path: mismatch.path.map(({ segment }) => segment),
      summary: changeText(mismatch),
      bump: 'major',
      breaks: ['hosts', 'guests'],
      ...texts(found, expected),
    };
  });
  const forHosts = mismatches(next, old)
    .filter(isPresence)
    .map((mismatch) => presenceChange(mismatch, 'hosts', old, next));
  return withHints(withVersionChanges([...forGuests, ...forHosts]));
}

/** Something that was added or removed, as the party sees it that the mismatch was found for. */
function presenceChange(mismatch: PresenceMismatch, party: Party, old: World, next: World): Change {
  // Guests import what hosts offer: the same mismatch is a removal for the one and an addition for the other.
  const isAdded = (mismatch.side === 'import') === (party === 'hosts');
  const path = mismatch.path.map(({ segment }) => segment);
  return {
    code: `${nounOf(mismatch)}-${isAdded ? 'added' : 'removed'}`,
    path,
    summary: isAdded ? 'it was added' : 'it was removed',
    bump: party === 'hosts' && isAdded ? 'minor' : 'major',
    breaks: [party],
    ...texts(textAt(old, path), textAt(next, path)),
  };
}

function nounOf({ code }: PresenceMismatch): 'import' | 'export' | 'function' | 'type' {
  switch (code) {
    case 'import-not-offered':
      return 'import';
    case 'export-missing':
      return 'export';
    case 'function-missing':
      return 'function';
    case 'type-missing':
      return 'type';
  }
}

function texts(old: string | undefined, next: string | undefined): Pick<Change, 'old' | 'new'> {
  return { ...(old === undefined ? {} : { old }), ...(next === undefined ? {} : { new: next }) };
}

/** The WIT of a whole function, type or item of a world; an interface has none that fits into a line. */
function textAt(world: World, [first, second]: readonly PathSegment[]): string | undefined {
  if (first?.tag !== 'import' && first?.tag !== 'export') return undefined;
  const item = (first.tag === 'import' ? world.imports : world.exports).get(first.name);
  if (item === undefined) return undefined;
  if (item.tag !== 'interface') return second === undefined ? memberText(item) : undefined;
  const member = second && itemMemberOf(item.interface, second);
  return member && memberText(member);
}

const SHORT = { limit: 300 };

function memberText(member: ItemMember): string {
  return member.tag === 'function' ? funcText(member.function, SHORT) : typeDefText(member.type, SHORT);
}

/** Replaces the removal of an interface and its addition with another version by one change of the version. */
function withVersionChanges(changes: readonly Change[]): Change[] {
  const additions = new Map<string, Change>();
  for (const change of changes) {
    if (isItemChange(change, 'added')) additions.set(itemKey(change), change);
  }
  const replaced = new Set<Change>();
  return changes
    .map((change) => {
      const [segment] = change.path;
      if (!isItemChange(change, 'removed') || segment === undefined) return change;
      const addition = additions.get(itemKey(change));
      if (addition === undefined || versionOf(segment) === undefined) return change;
      replaced.add(addition);
      return versionChange(segment, addition.path[0]);
    })
    .filter((change) => !replaced.has(change));
}

function versionChange(from: PathSegment, to: PathSegment | undefined): Change {
  const old = versionOf(from) ?? '';
  const next = (to && versionOf(to)) ?? '';
  const code: ChangeCode = from.tag === 'export' ? 'export-version' : 'import-version';
  return {
    code,
    path: [unversioned(from)],
    summary: `its version changed from ${old} to ${next}, which do not link`,
    bump: 'major',
    breaks: ['hosts', 'guests'],
    old,
    new: next,
  };
}

/** Whether a whole import or export was added or removed. */
function isItemChange({ code, path }: Change, what: 'added' | 'removed'): boolean {
  return path.length === 1 && (code === `import-${what}` || code === `export-${what}`);
}

function itemKey({ path: [segment] }: Change): string {
  return segment === undefined ? '' : segmentText(unversioned(segment));
}

function versionOf(segment: PathSegment): string | undefined {
  return segmentName(segment).split('@')[1];
}

/** Adds a hint to a removal if exactly one new function or type of the same interface has the same type. */
function withHints(changes: readonly Change[]): Change[] {
  const additions = new Map<string, Change[]>();
  for (const change of changes) {
    const key = change.new === undefined ? undefined : hintKey(change, change.code, change.new);
    const known = key === undefined ? undefined : additions.get(key);
    if (known !== undefined) known.push(change);
    else if (key !== undefined) additions.set(key, [change]);
  }
  return changes.map((change) => {
    const added = ADDED.get(change.code);
    if (added === undefined || change.old === undefined) return change;
    const [twin, ...others] = additions.get(hintKey(change, added, change.old)) ?? [];
    const name = twin?.path.at(-1);
    if (name === undefined || others.length > 0) return change;
    return { ...change, hint: `\`${segmentName(name)}\` is new and has the same type` };
  });
}

/** The same for an addition and a removal that may be a renaming. */
function hintKey({ path }: Change, code: ChangeCode, text: string): string {
  return [code, changePathText(path.slice(0, -1)), text].join('\n');
}

const ADDED: ReadonlyMap<ChangeCode, ChangeCode> = new Map([
  ['function-removed', 'function-added'],
  ['type-removed', 'type-added'],
]);
