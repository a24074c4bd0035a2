import { type MappingChoices, worldSurface, type WorldSurfaceMember } from '@wit-ts/mapping';
import type { World } from '@wit-ts/model';

/** Returns an object that has everything that a world imports. Its functions throw: nothing calls them. */
export function hostOf(world: World, choices: MappingChoices): object {
  return objectOf(worldSurface(world, undefined, choices).imports);
}

function objectOf(members: readonly WorldSurfaceMember[]): object {
  return Object.fromEntries(members.map((member) => [member.keys[0], valueOf(member)]));
}

function valueOf(member: WorldSurfaceMember): unknown {
  if (member.tag === 'object') return objectOf(member.members);
  if (member.tag === 'function') return refuse;
  if (member.tag === 'value') throw new TypeError('a world of WIT imports no modules');
  const resource = resourceClass();
  for (const { style, keys } of member.functions) {
    if (style === 'static') Reflect.set(resource, keys[0], refuse);
    if (style === 'method') Reflect.set(resource.prototype, keys[0], refuse);
  }
  return resource;
}

function refuse(): never {
  throw new Error('the component called a function of the host');
}

/** Each resource has a class of its own. */
function resourceClass(): new () => object {
  return class {
    readonly isOfHost = true;
  };
}
