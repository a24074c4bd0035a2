import type { Exported } from '../elaborate/nodes.ts';

/** An import or export that WIT cannot express, so that the world leaves it out. */
export interface Unexpressed {
  readonly side: 'import' | 'export';
  /** The name of the import or export. For a member of an instance, the member's name follows. */
  readonly path: readonly string[];
  readonly sort: 'core module' | 'component' | 'value' | 'instance';
}

/** Returns the core modules, components, values, and instances within instances. */
export function unexpressed(side: Unexpressed['side'], items: Iterable<Exported>): Unexpressed[] {
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
