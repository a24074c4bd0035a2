import type { Direction, TypeDef } from '@wit-ts/model';
import type { ModuleLayout, Module } from './module-layout.ts';
import { specifierList } from './layout/declaration-layout.ts';
import { inOneLine } from './layout/layout-node.ts';
import { withoutIndent } from './layout/type-layout.ts';
import { code, type ImportSymbol, type Printable } from './printable.ts';
import { runtimeType } from './runtime-module.ts';
import { isUse, typesOfOwner } from './type-owners.ts';
import type { TypeNames } from './type-text.ts';

/**
 * Returns how a file names types: its own by their names, others by import.
 *
 * @param module the file; absent for a file that declares no types
 */
export function typeNamesOf(layout: ModuleLayout, direction: Direction, module?: Module): TypeNames {
  return {
    named: once((mentioned) => {
      const { def, module: found } = layout.definition(mentioned, direction);
      if (found.isInWorldFile) return nameIn(found, def);
      // An interface under several labels has several files.
      const isOwn =
        module !== undefined && found.owner === module.owner && found.direction === module.direction;
      const home = isOwn ? module : found;
      const name = nameIn(home, def);
      if (home === module) return name;
      if (module !== undefined && !module.isInWorldFile && mentioned.owner === module.owner)
        return { ...importFrom(home, name, [nameIn(module, mentioned)]), isExported: true };
      return importFrom(home, name, [name, `${home.titles[0]}${name}`]);
    }),
    gives: givesOf(layout, direction, module),
    forms: layout.forms,
    isGuest: layout.side === 'guest',
    isListed: (func) => layout.listed[direction].has(func),
    takesOptions: layout.side === 'host' && (direction === 'export' || module?.isBothWays === true),
    helper: (name) => (layout.side === 'host' ? runtimeType(name) : undefined),
    thrown: (payload) => {
      const text = inOneLine(withoutIndent(payload));
      if (layout.side === 'host') return code`{ComponentError<${withoutImports(text)}>}`;
      // A guest throws the payload itself. What an import throws is an `Error` with the payload, of no named class.
      return direction === 'export' ? code`{${text}}` : code`{{ payload: ${text} }}`;
    },
  };
}

/**
 * Returns how a file that is not generated names types: it imports all of them.
 *
 * @param module the generated file of what it implements
 */
export function importedNames(layout: ModuleLayout, direction: Direction, module: Module): TypeNames {
  return {
    ...typeNamesOf(layout, direction, module),
    named: once((mentioned) => {
      const { def, module: home } = layout.definition(mentioned, direction);
      const isOwn = home.owner === module.owner && home.direction === module.direction;
      return importedType(layout, isOwn ? module : home, def);
    }),
  };
}

/** Returns a function that finds each name once: files mention few types often. */
function once(find: (def: TypeDef) => Printable): (def: TypeDef) => Printable {
  const found = new Map<TypeDef, Printable>();
  return (def) => {
    let name = found.get(def);
    if (name === undefined) {
      name = find(def);
      found.set(def, name);
    }
    return name;
  };
}

/** Returns a type as a file that is not generated imports it. */
export function importedType(layout: ModuleLayout, home: Module, def: TypeDef): ImportSymbol {
  const name = nameIn(home, def);
  return importFrom(home.isInWorldFile ? layout.world : home, name, [name, `${home.titles[0]}${name}`]);
}

/** Returns a title of a module as a file that is not generated imports it. */
export function importedTitle(layout: ModuleLayout, home: Module, title: string): ImportSymbol {
  return importFrom(home.isInWorldFile ? layout.world : home, title, [title, ...home.titles]);
}

/** A file that serves imports and exports has types that are right in both directions. */
function givesOf(layout: ModuleLayout, direction: Direction, module?: Module): TypeNames['gives'] {
  if (module?.isBothWays === true) return undefined;
  return (direction === 'import') === (layout.side === 'host') ? 'result' : 'arguments';
}

function nameIn({ key, types }: Module, def: TypeDef): string {
  const name = def.name === undefined ? undefined : types.get(def.name);
  if (name === undefined) throw new TypeError(`${key} has no type ${JSON.stringify(def.name)}`);
  return name;
}

/** Prints the export of the types that an interface or a world takes by `use`, under their local names. */
export function usesExport(module: Module, names: TypeNames): Printable[] {
  const uses = [...typesOfOwner(module.owner).values()].filter(isUse).map((def) => names.named(def));
  const imported = uses.filter((use) => typeof use !== 'string');
  return imported.length === 0 ? [] : [code`export type ${specifierList(imported)};\n`];
}

/**
 * Replaces names that a file would import only for a comment, which compilers report as unused, by the names of their
 * declarations.
 */
function withoutImports(part: Printable): Printable {
  if (typeof part === 'string') return part;
  if (!('tag' in part)) return part.map(withoutImports);
  return part.tag === 'import' && !part.isExported ? part.aliases[0] : part;
}

/** Returns the type with the functions of an interface, imported from its file if that is another. */
export function titleImport(home: Module): Printable {
  return home.isInWorldFile ? home.titles[0] : importFrom(home, home.titles[0], home.titles);
}

function importFrom(home: Module, name: string, aliases: readonly [string, ...string[]]): ImportSymbol {
  return { tag: 'import', kind: 'type', name, from: home, aliases };
}
