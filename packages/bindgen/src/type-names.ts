import type { Direction } from '@wit-ts/model';
import type { ModuleLayout, Module } from './module-layout.ts';
import { typeName } from './names.ts';
import type { ImportSymbol } from './printable.ts';
import { runtimeType } from './runtime-module.ts';
import type { TypeNames } from './type-text.ts';

/**
 * Returns how a file names types: its own by their names, others by import.
 *
 * @param module the file; absent for a file that declares no types
 */
export function typeNamesOf(layout: ModuleLayout, direction: Direction, module?: Module): TypeNames {
  return {
    named: (mentioned) => {
      const { def, module: home } = layout.definition(mentioned, direction);
      const name = def.name === undefined ? undefined : home.types.get(def.name);
      if (name === undefined) throw new TypeError(`${home.key} has no type ${JSON.stringify(def.name)}`);
      if (home === module) return name;
      const here = mentioned.owner === module?.owner ? typeName(mentioned.name ?? '') : name;
      return importFrom(home, name, [here, `${home.titles[0]}${here}`]);
    },
    helper: (name) => (layout.side === 'host' ? runtimeType(name) : undefined),
  };
}

/** Returns the type with the functions of an interface, imported from its file. */
export function titleImport(home: Module): ImportSymbol {
  return importFrom(home, home.titles[0], home.titles);
}

function importFrom(home: Module, name: string, aliases: readonly [string, ...string[]]): ImportSymbol {
  return { tag: 'import', kind: 'type', name, from: home, aliases };
}
