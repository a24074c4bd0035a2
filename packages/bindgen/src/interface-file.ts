import type { WorldSurfaceMember } from '@wit-ts/mapping';
import type { Interface, TypeDef } from '@wit-ts/model';
import { classMember, resourceDeclaration, typeDeclaration } from './declaration.ts';
import { docComment } from './doc-comment.ts';
import { FileBuilder } from './file-builder.ts';
import type { ModuleLayout, Module } from './module-layout.ts';
import { interfaceLayout } from './layout/declaration-layout.ts';
import { code, type Printable } from './printable.ts';
import { isUse } from './type-owners.ts';
import { methodMember } from './signature.ts';
import { classOf, type ResourceClass } from './surface.ts';
import { typeNamesOf, usesExport } from './type-names.ts';
import type { TypeNames } from './type-text.ts';

/**
 * Prints an interface whose functions are members of an object: every interface of a host, and the exports of a guest.
 *
 * @param file the file with other declarations before it; by default a file of its own
 */
export function interfaceFile(
  layout: ModuleLayout,
  module: Module,
  iface: Interface,
  file: FileBuilder = new FileBuilder(),
): FileBuilder {
  const names = typeNamesOf(layout, module.direction, module);
  const surface = layout.membersOf(iface, module.direction);
  const members = interfaceMembers(surface, module, names);
  const hasTitle = members.length > 0;
  file.declare([...module.types.values(), ...(hasTitle ? [module.titles[0]] : [])]);
  file.print(...usesExport(module, names));
  if (hasTitle) {
    file.print(code`${docComment(iface)}export ${interfaceLayout(module.titles[0], members)}\n`);
  }
  file.print(
    ...typeDeclarations(iface, surface, module, names, (resource, def, name) =>
      resourceDeclaration(resource, def, name, module, names),
    ),
  );
  return file;
}

/** The classes, and then the functions. */
function interfaceMembers(
  surface: readonly WorldSurfaceMember[],
  module: Module,
  names: TypeNames,
): readonly Printable[] {
  const classes: Printable[] = [];
  const functions: Printable[] = [];
  for (const member of surface) {
    if (member.tag === 'class')
      classes.push(classMember(member, module.types.get(member.name)!, module.role, names));
    else if (member.tag === 'function') functions.push(methodMember(member, names));
  }
  return [...classes, ...functions];
}

type DeclareResource = (resource: ResourceClass, def: TypeDef, name: string) => Printable;

/** The types that an interface defines, without those that it has by `use`. */
export function typeDeclarations(
  iface: Interface,
  surface: readonly WorldSurfaceMember[],
  module: Module,
  names: TypeNames,
  declareResource: DeclareResource,
): Printable[] {
  return [...iface.types]
    .filter(([, def]) => !isUse(def))
    .map(([label, def]) => {
      const name = module.types.get(label)!;
      const declaration =
        def.kind.tag === 'resource'
          ? declareResource(classOf(surface, def), def, name)
          : typeDeclaration(def, name, names);
      return code`${declaration}\n`;
    });
}
