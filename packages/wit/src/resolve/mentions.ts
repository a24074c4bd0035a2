import type * as ast from '../ast/ast.ts';

/** A mention of an interface or a world in a path. */
interface Mention {
  readonly path: ast.Path;
  /**
   * The item that contains the mention. Absent for mentions in a world other than `include`, which do not affect the
   * order.
   */
  readonly by?: string;
}

/**
 * Returns all mentions in a file in the order of the reference, which decides the order of packages. In a world these
 * are `use` and `include`, then imports, then exports.
 */
export function mentions(items: readonly ast.TopLevelItem[]): Mention[] {
  return items.flatMap((item): Mention[] => {
    if (item.tag === 'use') return [{ path: item.path }];
    if (item.tag === 'interface') {
      return usedPaths(item.members).map((path) => ({ path, by: item.name.name }));
    }
    return worldMentions(item);
  });
}

function worldMentions(world: ast.WorldNode): Mention[] {
  const found: Mention[] = [];
  const imports: Mention[] = [];
  const exports: Mention[] = [];
  for (const member of world.members) {
    if (member.tag === 'use-types') found.push({ path: member.path });
    if (member.tag === 'include') found.push({ path: member.path, by: world.name.name });
    if (member.tag !== 'extern') continue;
    const list = member.direction === 'import' ? imports : exports;
    if (member.type.tag === 'path') list.push({ path: member.type.path });
    if (member.type.tag === 'interface')
      list.push(...usedPaths(member.type.members).map((path) => ({ path })));
  }
  return [...found, ...imports, ...exports];
}

function usedPaths(members: readonly ast.InterfaceMember[]): ast.Path[] {
  return members.flatMap((member) => (member.tag === 'use-types' ? [member.path] : []));
}
