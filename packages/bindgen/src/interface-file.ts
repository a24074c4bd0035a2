import { NameClaims } from '@wit-ts/mapping';
import type { Interface } from '@wit-ts/model';
import {
  classMember,
  resourceDeclaration,
  resourceWith,
  typeDeclaration,
  type Resource,
} from './declaration.ts';
import { docComment } from './doc-comment.ts';
import { GeneratedFile } from './generated-file.ts';
import type { Layout, Module } from './layout.ts';
import { moduleScope } from './module-scope.ts';
import { memberName, typeName } from './names.ts';
import { code, type Printable } from './print.ts';
import { isUse } from './reach.ts';
import { methodMember } from './signature.ts';
import type { Scope } from './type-text.ts';

/** An interface whose functions are members of an object: all of a host, the exports of a guest. */
export function interfaceFile(layout: Layout, module: Module, iface: Interface): GeneratedFile {
  const scope = moduleScope(layout, module.direction, module);
  const members = interfaceMembers(iface, module, scope);
  const hasTitle = members.length > 0;
  const file = new GeneratedFile([...module.types.values(), ...(hasTitle ? [module.titles[0]] : [])]);
  if (hasTitle) {
    file.print(code`${docComment(iface)}export interface ${module.titles[0]} {\n${members}}\n`);
  }
  const declareResource: DeclareResource = (resource, name) =>
    resourceDeclaration(resource, name, module.role, scope);
  file.print(...typeDeclarations(iface, module, scope, declareResource));
  return file;
}

function interfaceMembers(iface: Interface, module: Module, scope: Scope): Printable[] {
  const names = new NameClaims();
  const classes = [...iface.types]
    .filter(([, def]) => def.kind.tag === 'resource')
    .map(([label, def]) => {
      const resource = resourceWith(def, iface.functions.values());
      return classMember(
        resource,
        module.types.get(label)!,
        names.claim(typeName(label)),
        module.role,
        scope,
      );
    });
  const functions = [...iface.functions.values()]
    .filter((func) => func.kind.tag === 'freestanding')
    .map((func) => methodMember(func, scope, names.claim(memberName(func.name))));
  return [...classes, ...functions];
}

export type DeclareResource = (resource: Resource, name: string) => Printable;

/** The types that an interface defines, those it has by `use` left out. */
export function typeDeclarations(
  iface: Interface,
  module: Module,
  scope: Scope,
  declareResource: DeclareResource,
): Printable[] {
  return [...iface.types]
    .filter(([, def]) => !isUse(def))
    .map(([label, def]) => {
      const name = module.types.get(label)!;
      const declaration =
        def.kind.tag === 'resource'
          ? declareResource(resourceWith(def, iface.functions.values()), name)
          : typeDeclaration(def, name, scope);
      return code`${declaration}\n`;
    });
}
