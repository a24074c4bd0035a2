import type { Interface, TypeDef, World } from '@wit-ts/model';
import { ofStyle } from './declaration.ts';
import { disposableType, disposeKey } from './disposal.ts';
import { docComment } from './doc-comment.ts';
import { FileBuilder } from './file-builder.ts';
import { typeDeclarations } from './interface-file.ts';
import type { ModuleLayout, Module } from './module-layout.ts';
import { checkedKey, declaredName, isDeclarable } from './names.ts';
import { classLayout, interfaceLayout, specifierList } from './layout/declaration-layout.ts';
import { namedType } from './layout/type-layout.ts';
import { code, type Printable } from './printable.ts';
import { constructorSignature, functionDocs, methodMember, signature } from './signature.ts';
import { type MemberFunction, type ResourceClass } from './surface.ts';
import { typeNamesOf, usesExport } from './type-names.ts';
import type { TypeNames } from './type-text.ts';
import { declaredTypes, printWorldTypes } from './world-file.ts';
import { exportMembers } from './world-members.ts';

/** A module that a guest can import, declared under its name in the world. */
export interface AmbientModule {
  readonly specifier: string;
  readonly file: FileBuilder;
  readonly docs?: string;
}

/** An imported interface as the module that a guest's bundler finds: functions and classes. */
export function importedInterface(layout: ModuleLayout, module: Module, iface: Interface): FileBuilder {
  const names = typeNamesOf(layout, module.direction, module);
  const surface = layout.membersOf(iface, module.direction);
  const file = new FileBuilder(module.types.values());
  file.print(...usesExport(module, names));
  for (const member of surface) {
    if (member.tag === 'function') file.print(functionDeclaration(member, names));
  }
  file.print(
    ...typeDeclarations(iface, surface, module, names, (resource, def, name) =>
      classDeclaration(resource, def, name, names),
    ),
  );
  return file;
}

/** The world itself: its types, and what the guest's module has to export. */
export function guestWorldModules(layout: ModuleLayout, world: World): readonly AmbientModule[] {
  const { world: module } = layout;
  const exportsName = module.titles[1]!;
  const file = new FileBuilder([...declaredTypes(layout, world), exportsName]);
  file.print(...usesExport(module, typeNamesOf(layout, 'import', module)));
  const members = exportMembers(layout);
  if (members.length > 0) {
    const docs = docComment(world, { lead: `What a component of \`${world.name}\` has to export.` });
    file.print(code`${docs}export ${interfaceLayout(exportsName, members)}\n`);
  }
  printWorldTypes(file, layout, world, classDeclaration);
  return [...worldImports(layout), ...worldClasses(layout), { specifier: module.specifier, file }];
}

const ROOT_DOCS = '/** The module in which componentize-js has these classes at run time. */\n';

/** The module from which guests get the classes of all resources that a world imports under plain names. */
function worldClasses({ world: module, surface }: ModuleLayout): readonly AmbientModule[] {
  const names = surface.imports.flatMap((member) => {
    const name = member.tag === 'class' && member.item ? module.types.get(member.name) : undefined;
    return name === undefined ? [] : [name === member.keys[0] ? name : `${name} as ${member.keys[0]}`];
  });
  if (names.length === 0) return [];
  const file = new FileBuilder();
  file.print(code`export ${specifierList(names)} from ${{ tag: 'specifier', of: module }};`);
  return [{ specifier: '$root', file, docs: ROOT_DOCS }];
}

/** Modules for what a world imports under plain names: functions, and interfaces under a label. */
function worldImports(layout: ModuleLayout): readonly AmbientModule[] {
  const names = typeNamesOf(layout, 'import');
  return layout.surface.imports.flatMap((member): AmbientModule[] => {
    const file = new FileBuilder();
    if (member.tag === 'function') {
      const { type: func } = member.item;
      const docs = functionDocs(func, names);
      file.print(code`${docs}export default function ${declaredName(func)}${signature(func, names)};`);
    } else if (member.tag === 'object' && member.members.length > 0) {
      const home = layout.moduleOf(member.item.item.interface, 'import');
      if (home.specifier === member.name) return [];
      file.print(code`export * from ${{ tag: 'specifier', of: home }};`);
    } else {
      return [];
    }
    return [{ specifier: checkedKey(member.name), file }];
  });
}

/** An export can have a name that its declaration cannot have. */
function functionDeclaration({ item, keys: [key] }: MemberFunction, names: TypeNames): Printable {
  const docs = functionDocs(item.type, names);
  return isDeclarable(key)
    ? code`${docs}export function ${key}${signature(item.type, names)};\n`
    : code`${docs}function ${key}_${signature(item.type, names)};\nexport { ${key}_ as ${key} };\n`;
}

function classDeclaration(
  { functions }: ResourceClass,
  def: TypeDef,
  name: string,
  names: TypeNames,
): Printable {
  const constructors = ofStyle(functions, 'constructor').map(
    ({ item }) => code`${functionDocs(item.type, names)}constructor${constructorSignature(item.type, names)}`,
  );
  const members = [
    ...(constructors.length === 0 ? ['private constructor()'] : constructors),
    ...ofStyle(functions, 'method').map((func) =>
      // In a class, only a computed name can be `constructor` and not be the constructor.
      methodMember(func, names, func.keys[0] === 'constructor' ? '["constructor"]' : func.keys[0]),
    ),
    ...ofStyle(functions, 'static').map((func) => methodMember(func, names, `static ${func.keys[0]}`)),
    code`${disposeKey}(): void`,
  ].map((member) => [member, ';']);
  return code`${docComment(def)}export ${classLayout(name, namedType(disposableType), members)}\n`;
}
