import { interfaceKeys } from './interface-keys.ts';
import { ObjectNames, type Direction, type Keys } from './object-names.ts';
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
 * Returns what the items of one object are in JavaScript, in their order: functions, classes with their functions,
 * and objects for instances. A class has the position of its resource.
 */
export function membersOf<Item extends SurfaceItem<Item>>(
  items: Items<Item>,
  direction: Direction,
  names: ObjectNames = new ObjectNames(direction),
  known: KnownMembers<Item> = new Map(),
): readonly Member<Item>[] {
  const members: Member<Item>[] = [];
  const functionsOf = new Map<string, FunctionMember<Item>[]>();
  const addClass = (name: string, item: ClassMember<Item>['item']): FunctionMember<Item>[] => {
    const functions: FunctionMember<Item>[] = [];
    functionsOf.set(name, functions);
    members.push({ tag: 'class', name, keys: names.class(name), item, functions });
    return functions;
  };
  for (const [name, item] of items) {
    if (isItem(item, 'resource')) {
      addClass(name, item);
    } else if (isItem(item, 'func')) {
      const { keys, style, resource } = names.function(name);
      const target =
        style === 'function' ? members : (functionsOf.get(resource) ?? addClass(resource, undefined));
      target.push({ tag: 'function', name, keys, style, item });
    } else if (isItem(item, 'instance')) {
      const inner = instanceMembers(item.exports, direction, known);
      const { key, also, track } = interfaceKeys(name, names);
      const keys: Keys = also === undefined || direction === 'export' ? [key] : [key, also];
      members.push({
        tag: 'object',
        name,
        keys,
        item,
        members: inner,
        ...(track !== undefined && direction === 'import' && { track }),
      });
    } else if (isItem(item, 'module', 'component')) {
      members.push({ tag: 'value', name, keys: names.property(name), item });
    }
  }
  return members;
}

/** `membersOf`, once for each instance. */
export function instanceMembers<Item extends SurfaceItem<Item>>(
  items: Items<Item>,
  direction: Direction,
  known: KnownMembers<Item>,
): readonly Member<Item>[] {
  let members = known.get(items);
  if (members === undefined) {
    members = membersOf(items, direction, undefined, known);
    known.set(items, members);
  }
  return members;
}
