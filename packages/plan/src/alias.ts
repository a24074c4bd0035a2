import type { Alias } from '@wit-ts/component';
import { DecodeError } from '@wit-ts/component/binary';
import type { CoreRef } from './plan.ts';
import { at, type CoreInstanceItem, type Scope } from './scope.ts';

/** Follows an alias and puts what it names into the index space of its sort. */
export function alias(definition: Alias, scope: Scope, offset: number): void {
  switch (definition.tag) {
    case 'export': {
      const { name, sort } = definition;
      const item = at(scope.instances, definition.instance, 'instance', offset).get(name);
      if (item === undefined || item.sort !== sort) {
        throw new DecodeError(`instance ${definition.instance} has no ${sort} \`${name}\` to alias`, offset);
      }
      scope.push(item);
      return;
    }
    case 'core-export': {
      const { name, sort } = definition;
      if (!isCoreValue(sort))
        throw new DecodeError(`a core ${sort} cannot be aliased from an instance`, offset);
      const item = at(scope.coreInstances, definition.instance, 'core instance', offset);
      scope.core[sort].push(coreExport(item, name, sort, offset));
      return;
    }
    case 'outer': {
      const outer = scope.outer(definition.count, offset);
      if (definition.sort === 'core type') return;
      scope.push(outer.item(definition.sort, definition.index, offset));
    }
  }
}

function coreExport(item: CoreInstanceItem, name: string, sort: string, offset: number): CoreRef {
  if (item.tag === 'instance') return { tag: 'export', instance: item.instance, name };
  const found = item.exports.get(name);
  if (found === undefined || found.sort !== sort) {
    throw new DecodeError(`the core instance has no ${sort} \`${name}\` to alias`, offset);
  }
  return found.ref;
}

export function isCoreValue(sort: string): sort is keyof Scope['core'] {
  return sort === 'func' || sort === 'table' || sort === 'memory' || sort === 'global' || sort === 'tag';
}
