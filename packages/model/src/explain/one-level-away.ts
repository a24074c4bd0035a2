import { functionsOf } from '../members.ts';
import { segmentName } from '../mismatch-path.ts';
import { type Mismatch } from '../mismatch.ts';
import { type Direction, type WorldItem } from '../types.ts';
import type { WorldLookup } from './world-lookup.ts';

type Missing = Extract<
  Mismatch,
  { readonly code: 'import-not-offered' | 'export-missing' | 'function-missing' }
>;

/**
 * Finds what is missing one level away, and says where: in an interface instead of the world itself or the other way
 * around, as an interface written inline or under another package, or on the other side of the world.
 *
 * @param owner who lacks it: the world lacks imports, the component lacks exports
 */
export function oneLevelAway(mismatch: Missing, owner: WorldLookup): string | undefined {
  const { side, path } = mismatch;
  const first = path[0]?.segment;
  const name = first === undefined ? '' : segmentName(first);
  const who: Speaker = SPEAKERS[side];
  if (mismatch.code === 'function-missing') {
    const { kind, name: func } = mismatch.missing;
    if (kind.tag !== 'freestanding') return undefined;
    return functionElsewhere(func, owner.key(side, name) ?? name, owner, side, who);
  }
  const { missing } = mismatch;
  if (missing.tag === 'function')
    return functionElsewhere(name, undefined, owner, side, who) ?? otherSide(name, owner, side, who);
  if (missing.tag !== 'interface') return undefined;
  return (
    interfaceElsewhere(name, owner, side, who) ??
    functionsAtTheTop([...functionsOf(missing).keys()], name, owner, side, who) ??
    otherSide(name, owner, side, who)
  );
}

interface Speaker {
  /** `the component exports` */
  readonly has: string;
  /** `the world wants` */
  readonly wants: string;
  readonly verb: string;
  readonly otherVerb: string;
}

const SPEAKERS: Readonly<Record<Direction, Speaker>> = {
  export: { has: 'the component exports', wants: 'the world wants', verb: 'export', otherVerb: 'imports' },
  import: { has: 'the world offers', wants: 'the component wants', verb: 'import', otherVerb: 'exports' },
};

/** A component may have a hundred thousand items. Those that come first are searched. */
const MAX_SEARCHED = 10_000;

function itemsOf(owner: WorldLookup, side: Direction): [string, WorldItem][] {
  return [...owner.items(side)].slice(0, MAX_SEARCHED);
}

/** The function is in an interface, or in another one than `exceptIn`, or it belongs to the world itself. */
function functionElsewhere(
  func: string,
  exceptIn: string | undefined,
  owner: WorldLookup,
  side: Direction,
  { has, wants, verb }: Speaker,
): string | undefined {
  const holders = itemsOf(owner, side)
    .filter(
      ([key, item]) => key !== exceptIn && item.tag === 'interface' && item.interface.functions.has(func),
    )
    .map(([key]) => key);
  const [holder] = holders;
  if (exceptIn === undefined) {
    return holder === undefined
      ? undefined
      : `${has} the interface \`${holder}\`, which has \`${func}\`; ${wants} the function itself: ${verb} \`${func}\` directly, or write \`${verb} ${mentionOf(holder)}\` in the world`;
  }
  if (owner.items(side).get(func)?.tag === 'function')
    return `${has} the function \`${func}\` itself; ${wants} it in the interface \`${exceptIn}\``;
  return holder === undefined
    ? undefined
    : `${has} \`${func}\` in the interface \`${holder}\`; ${wants} it in \`${exceptIn}\``;
}

/** An interface of the same last name: written inline, or of another package. */
function interfaceElsewhere(
  wanted: string,
  owner: WorldLookup,
  side: Direction,
  { has, wants }: Speaker,
): string | undefined {
  const found = itemsOf(owner, side).find(
    ([key, item]) => item.tag === 'interface' && baseName(key) === baseName(wanted) && key !== wanted,
  )?.[0];
  if (found === undefined || withoutVersion(found) === withoutVersion(wanted)) return undefined;
  const rule = 'interfaces link by their whole names';
  if (!found.includes('/'))
    return `${has} the inline interface \`${found}\`; ${wants} \`${wanted}\`: ${rule}`;
  return wanted.includes('/')
    ? `${has} \`${found}\`, an interface of another package; ${wants} \`${wanted}\`: ${rule}`
    : `${has} \`${found}\`, an interface of a package; ${wants} the inline interface \`${wanted}\`: ${rule}`;
}

/** The functions of the interface are there, but belong to the world itself. */
function functionsAtTheTop(
  functions: readonly string[],
  wanted: string,
  owner: WorldLookup,
  side: Direction,
  { has, wants }: Speaker,
): string | undefined {
  const items = owner.items(side);
  const there = functions.slice(0, MAX_SEARCHED).filter((func) => items.get(func)?.tag === 'function');
  if (there.length === 0) return undefined;
  const shown = there.slice(0, MAX_NAMED).map((func) => `\`${func}\``);
  const names =
    there.length > MAX_NAMED ? `${shown.join(', ')} and ${there.length - MAX_NAMED} more` : listed(shown);
  const one = there.length === 1;
  return `${has} the ${one ? 'function' : 'functions'} ${names} directly; ${wants} ${one ? 'it' : 'them'} in the interface \`${wanted}\``;
}

const MAX_NAMED = 4;

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** It is an import where an export is wanted, or the other way around. */
function otherSide(
  wanted: string,
  owner: WorldLookup,
  side: Direction,
  { wants, verb, otherVerb }: Speaker,
): string | undefined {
  const other = side === 'export' ? 'import' : 'export';
  if (owner.key(other, wanted) === undefined) return undefined;
  const who = side === 'export' ? 'the component' : 'the world';
  return side === 'export'
    ? `${who} ${otherVerb} \`${wanted}\`; ${wants} the component to ${verb} it`
    : `${who} ${otherVerb} \`${wanted}\`, so a component of it must have it; ${wants} to ${verb} it`;
}

function baseName(key: string): string {
  const path = withoutVersion(key);
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutVersion(key: string): string {
  return key.split('@', 1)[0]!;
}

/** What follows `import` or `export`. An interface whose name is not a path is written inline. */
function mentionOf(key: string): string {
  return key.includes('/') ? `${key};` : `${key}: interface { … }`;
}
