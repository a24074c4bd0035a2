import { camelCase } from './letter-case.ts';
import { instanceMembers, membersOf, type KnownMembers } from './members.ts';
import { ObjectNames, type Keys } from './object-names.ts';
import { isItem, type Items, type Member, type ObjectMember, type SurfaceItem } from './surface.ts';

/**
 * Returns the members of the object of a component's exports: functions and classes, and after them the interfaces.
 *
 * An interface has a short name beside its full one: `example:service/api@1.0.0` is also `api`. The short name comes
 * first among its keys. If two interfaces have the same short name, neither gets it, because neither has more right
 * to it; an interface without functions and resources does not count. No interface gets a short name that another
 * export has.
 *
 * @param taken properties that no export may have. The exports are what a promise resolves to, so no function may be
 *   called `then`: `await` would call it.
 */
export function exportSurface<Item extends SurfaceItem<Item>>(
  exports: Items<Item>,
  taken: readonly string[] = ['then'],
): readonly Member<Item>[] {
  const names = new ObjectNames('export', taken);
  const known: KnownMembers<Item> = new Map();
  const others: [string, Item][] = [];
  const interfaces: Omit<ObjectMember<Item>, 'keys'>[] = [];
  const rivals = new Map<string, number>();
  for (const [name, item] of exports) {
    if (!isItem(item, 'instance')) {
      others.push([name, item]);
      continue;
    }
    const members = instanceMembers(item.exports, 'export', known);
    interfaces.push({ tag: 'object', name, item, members });
    if (members.length > 0) rivals.set(shortName(name), (rivals.get(shortName(name)) ?? 0) + 1);
  }
  const members = membersOf(others, 'export', names, known);
  const full = interfaces.map(({ name }) => names.claim(name));
  const objects = interfaces.map((object, index): ObjectMember<Item> => {
    const short = shortName(object.name);
    const isFree = !names.has(short) && (rivals.get(short) ?? 0) <= 1;
    const keys: Keys = isFree ? [names.claim(short), full[index]!] : [full[index]!];
    return { ...object, keys };
  });
  return [...members, ...objects];
}

/** Returns `api` for `example:service/api@1.0.0`, and the camelCase name for a plain name. */
function shortName(name: string): string {
  const [path = ''] = name.split('@');
  return camelCase(path.slice(path.indexOf('/') + 1));
}
