import type { CasingChoice } from './choices.ts';
import { instanceMembers, membersOf, type KnownMembers } from './members.ts';
import { ObjectNames, type Side } from './object-names.ts';
import { isItem, type Items, type Member, type ObjectMember, type SurfaceItem } from './surface.ts';

/** The order in which exports get their names: of two that would have one name, the first has it. */
export interface NameOrder<Item> {
  /** The exports in groups. A group has all its names, short ones too, before the next group has any. */
  readonly groups: readonly Items<Item>[];
  /** Returns the items of an exported interface in the order in which they get names. */
  inside(name: string, items: Items<Item>): Items<Item>;
  /** Returns another full name of an exported interface. */
  otherName(name: string): string | undefined;
}

/**
 * Returns the members of the object of a component's exports in the order of its properties: classes, functions, the
 * interfaces under their full names, and the interfaces again under their short names.
 *
 * The short name of `example:service/api@1.0.0` is `api`. Both members of an interface have the same `members`. If two
 * interfaces have the same short name, neither gets it, because neither has more right to it; an interface without
 * functions and resources does not count. No interface gets a short name that another export has.
 *
 * @param side who has the exports
 * @param order the order of `exports` if it is not their own
 */
export function exportSurface<Item extends SurfaceItem<Item>>(
  exports: Items<Item>,
  side?: Side,
  order?: NameOrder<Item>,
  choices?: CasingChoice,
): readonly Member<Item>[] {
  const names = new ObjectNames('export', choices, side);
  const known: KnownMembers<Item> = new Map();
  return (order?.groups ?? [exports]).flatMap((group) => groupSurface(group, names, known, order));
}

function groupSurface<Item extends SurfaceItem<Item>>(
  exports: Items<Item>,
  names: ObjectNames,
  known: KnownMembers<Item>,
  order: NameOrder<Item> | undefined,
): readonly Member<Item>[] {
  const others: [string, Item][] = [];
  const interfaces: Omit<ObjectMember<Item>, 'keys'>[] = [];
  const rivals = new Map<string, number>();
  for (const [name, item] of exports) {
    if (!isItem(item, 'instance')) {
      others.push([name, item]);
      continue;
    }
    const members = instanceMembers(order?.inside(name, item.exports) ?? item.exports, names, known);
    interfaces.push({ tag: 'object', name, item, members });
    const rival = names.cased(lastPart(name));
    if (members.length > 0) rivals.set(rival, (rivals.get(rival) ?? 0) + 1);
  }
  const members = membersOf(others, names, known);
  const full = interfaces.map((object): ObjectMember<Item> => {
    const other = order?.otherName(object.name);
    return { ...object, keys: [names.claim(object.name), ...(other === undefined ? [] : [other])] };
  });
  const short = interfaces.flatMap((object): ObjectMember<Item>[] => {
    const name = names.cased(lastPart(object.name));
    const isFree = !names.has(name) && (rivals.get(name) ?? 0) <= 1;
    return isFree ? [{ ...object, keys: [names.claim(name)] }] : [];
  });
  return [...members, ...full, ...short];
}

/** Returns the last part of an interface's name: `api` for `example:service/api@1.0.0`; a plain name is all of it. */
export function lastPart(interfaceName: string): string {
  const [path = ''] = interfaceName.split('@');
  return path.slice(path.indexOf('/') + 1);
}
