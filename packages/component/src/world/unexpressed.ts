import type { Direction, Unexpressed } from '@wit-ts/model';
import type { Exported } from '../elaborate/nodes.ts';

/** Returns the core modules, components, values, and instances within instances. */
export function unexpressed(side: Direction, items: Iterable<Exported>): Unexpressed[] {
  const found: Unexpressed[] = [];
  for (const { name, entity } of items) {
    if (entity === undefined || entity.tag === 'func' || entity.tag === 'type') continue;
    const path = [name.name];
    if (entity.tag !== 'instance') found.push({ side, path, sort: entity.tag });
    else {
      for (const { name: inner, entity: member } of entity.instance.exports.values()) {
        if (member === undefined || member.tag === 'func' || member.tag === 'type') continue;
        found.push({ side, path: [...path, inner.name], sort: member.tag });
      }
    }
  }
  return found;
}
