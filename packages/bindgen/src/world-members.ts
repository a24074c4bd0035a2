import { NameClaims } from '@wit-ts/mapping';
import type { Interface, World } from '@wit-ts/model';
import { classMember, resourceWith } from './declaration.ts';
import { docComment } from './doc-comment.ts';
import type { Layout } from './layout.ts';
import { moduleScope, titleImport } from './module-scope.ts';
import { checkedKey, memberName, typeName } from './names.ts';
import { code, literal, type Printable } from './print.ts';
import { functionsOf } from './reach.ts';
import { methodMember } from './signature.ts';

export interface Members {
  readonly members: readonly Printable[];
  /** Whether there is a member that must be given. */
  readonly required: boolean;
}

/** The members of a world's imports as an object: interfaces under their full names, others under JavaScript names. */
export function importMembers(layout: Layout, world: World): Members {
  const scope = moduleScope(layout, 'import', layout.world);
  const names = new NameClaims();
  const members: Printable[] = [];
  let required = false;
  for (const [key, item] of world.imports) {
    if (item.tag === 'interface') {
      if (!hasMembers(item.interface)) continue;
      const isRequired = item.interface.functions.size > 0;
      const title = titleImport(layout.moduleOf(item.interface, 'import'));
      members.push(code`${docComment(item)}${importKey(key, names)}${isRequired ? '' : '?'}: ${title};\n`);
      required ||= isRequired;
    } else if (item.tag === 'function') {
      required = true;
      if (item.function.kind.tag !== 'freestanding') continue;
      members.push(methodMember(item.function, scope, names.claim(memberName(item.function.name))));
    } else if (item.type.kind.tag === 'resource') {
      const label = item.type.name ?? key;
      const resource = resourceWith(item.type, functionsOf(world));
      const name = layout.world.types.get(label)!;
      members.push(classMember(resource, name, names.claim(typeName(label)), layout.world.role, scope));
    }
  }
  return { members, required };
}

/**
 * The members of a world's exports as an object. A host finds interfaces under a short name and the full one; a guest has to
 * export them once.
 */
export function exportMembers(layout: Layout, world: World): readonly Printable[] {
  const scope = moduleScope(layout, 'export', layout.world);
  const names = new NameClaims();
  // `await instantiate(…)` would take an object with a `then` for a promise, so the runtime renames it.
  if (layout.side === 'host') names.claim('then');
  const members: Printable[] = [];
  for (const item of world.exports.values()) {
    if (item.tag !== 'function') continue;
    members.push(methodMember(item.function, scope, names.claim(memberName(item.function.name))));
  }
  const interfaces = [...world.exports].flatMap(([key, item]) =>
    item.tag === 'interface' && hasMembers(item.interface) ? [{ key: checkedKey(key), item }] : [],
  );
  const short = interfaces.map(({ key }) => shortName(key));
  for (const [i, { key, item }] of interfaces.entries()) {
    const title = titleImport(layout.moduleOf(item.interface, 'export'));
    const name = short[i]!;
    const isPlain = !key.includes(':');
    // Two versions of an interface, or one called as a function is: then nobody has the short name.
    const isFree = !names.has(name) && short.filter((other) => other === name).length === 1;
    if (isFree) members.push(code`${docComment(item)}${name}: ${title};\n`);
    if (!isFree || (!isPlain && layout.side === 'host'))
      members.push(code`${isFree ? '' : docComment(item)}${literal(key)}: ${title};\n`);
  }
  return members;
}

/** Whether there is anything that a host or a component could supply for an interface. */
export function hasMembers(iface: Interface): boolean {
  return iface.functions.size > 0 || [...iface.types.values()].some((def) => def.kind.tag === 'resource');
}

function importKey(key: string, names: NameClaims): string {
  return checkedKey(key).includes(':') ? literal(key) : names.claim(memberName(key));
}

function shortName(key: string): string {
  return memberName(key.replace(/^.*\//u, '').replace(/@.*$/u, ''));
}
