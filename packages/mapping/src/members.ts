import { interfaceKeys } from './interface-keys.ts';
import type { Keys, ObjectNames } from './object-names.ts';
import {
  isItem,
  type ClassMember,
  type FunctionMember,
  type Items,
  type Member,
  type SurfaceItem,
} from './surface.ts';

/** Members of instances that were made before: one instance may be exported under many names. */
export type KnownMembers<Item> = Map<Items<Item>, readonly Member<Item>[]>;

/**
 * Returns the JavaScript members for the items of one object: functions, classes with their functions, and objects for
 * instances. They are in the order of the items, but the classes of exports come first. A class has the position of its
 * resource, or of the first of its functions if that is listed before it.
 *
 * @param names the names of the object
 */
export function membersOf<Item extends SurfaceItem<Item>>(
  items: Items<Item>,
  names: ObjectNames,
  known: KnownMembers<Item> = new Map(),
): readonly Member<Item>[] {
  const { direction } = names;
  const others: Member<Item>[] = [];
  const exportedClasses: Member<Item>[] = [];
  const classes = new Map<string, GrowingClass<Item>>();
  const classOf = (name: string): GrowingClass<Item> => {
    let found = classes.get(name);
    if (found === undefined) {
      found = { tag: 'class', name, keys: names.class(name), item: undefined, functions: [] };
      classes.set(name, found);
      (direction === 'export' ? exportedClasses : others).push(found);
    }
    return found;
  };
  for (const [name, item] of items) {
    if (isItem(item, 'resource')) {
      classOf(name).item = item;
    } else if (isItem(item, 'func')) {
      const { keys, style, resource } = names.function(name);
      const target = style === 'function' ? others : classOf(resource).functions;
      target.push({ tag: 'function', name, keys, style, item });
    } else if (isItem(item, 'instance')) {
      const inner = instanceMembers(item.exports, names, known);
      const { key, also, track } = interfaceKeys(name, names);
      const keys: Keys = also === undefined || direction === 'export' ? [key] : [key, also];
      others.push({
        tag: 'object',
        name,
        keys,
        item,
        members: inner,
        ...(track !== undefined && direction === 'import' && { track }),
      });
    } else if (isItem(item, 'module') || isItem(item, 'component')) {
      others.push({ tag: 'value', name, keys: names.property(name), item });
    }
  }
  return [...exportedClasses, ...others];
}

/** A class whose resource and functions are found one after the other. */
type GrowingClass<Item> = Omit<ClassMember<Item>, 'item' | 'functions'> & {
  item: ClassMember<Item>['item'];
  readonly functions: FunctionMember<Item>[];
};

/** `membersOf`, once for each instance. @param around the names of the object that has the instance */
export function instanceMembers<Item extends SurfaceItem<Item>>(
  items: Items<Item>,
  around: ObjectNames,
  known: KnownMembers<Item>,
): readonly Member<Item>[] {
  let members = known.get(items);
  if (members === undefined) {
    members = membersOf(items, around.inner(), known);
    known.set(items, members);
  }
  return members;
}
