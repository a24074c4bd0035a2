import {
  interfaceItems,
  type MappingChoices,
  membersOf,
  ObjectNames,
  type Side,
  worldSurface,
  type ClassMember,
  type FunctionMember,
  type WorldSurfaceMember,
  type WorldSurface,
  type WorldSurfaceItem,
} from '@wit-ts/mapping';
import type { Direction, Interface, TypeDef, World } from '@wit-ts/model';
import { checkedMembers } from './names.ts';

/** The class of a resource, with its functions. */
export type ResourceClass = ClassMember<WorldSurfaceItem>;
export type MemberFunction = FunctionMember<WorldSurfaceItem>;

/** Returns the members of an interface's object. @throws TypeError if a name is not a name of WIT */
export function surfaceOfInterface(
  iface: Interface,
  direction: Direction,
  side: Side,
  choices: MappingChoices,
): readonly WorldSurfaceMember[] {
  return checkedMembers(membersOf(interfaceItems(iface), new ObjectNames(direction, choices, side)));
}

/** Returns the members of the interfaces that a world imports or exports as a whole. */
export function interfacesOfSurface(
  members: readonly WorldSurfaceMember[],
): ReadonlyMap<Interface, readonly WorldSurfaceMember[]> {
  const found = new Map<Interface, readonly WorldSurfaceMember[]>();
  for (const member of members) {
    if (member.tag !== 'object') continue;
    const { only, interface: iface } = member.item.item;
    if (only === undefined) found.set(iface, member.members);
  }
  return found;
}

/** Returns the surface of a world. @throws TypeError if a name is not a name of WIT */
export function surfaceOfWorld(world: World, side: Side, choices: MappingChoices): WorldSurface {
  const surface = worldSurface(world, side, choices);
  checkedMembers(surface.imports);
  checkedMembers(surface.exports);
  return surface;
}

/** Returns the class of a resource; one without functions if the members have no class for it. */
export function classOf(members: readonly WorldSurfaceMember[], resource: TypeDef): ResourceClass {
  const found = members.find((member) => member.tag === 'class' && member.item?.type === resource);
  if (found?.tag === 'class') return found;
  const name = resource.name ?? '';
  return { tag: 'class', name, keys: [name], item: { tag: 'resource', type: resource }, functions: [] };
}
