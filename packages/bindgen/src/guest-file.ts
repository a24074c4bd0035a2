import { NameClaims } from '@wit-ts/mapping';
import type { Func, Interface, World } from '@wit-ts/model';
import type { Resource } from './declaration.ts';
import { docComment } from './doc-comment.ts';
import { GeneratedFile } from './generated-file.ts';
import { typeDeclarations } from './interface-file.ts';
import type { Layout, Module } from './layout.ts';
import { moduleScope } from './module-scope.ts';
import { bindingName, checkedKey, memberName } from './names.ts';
import { code, globalType, type Printable } from './print.ts';
import { functionDocs, methodMember, parameters, signature } from './signature.ts';
import type { Scope } from './type-text.ts';
import { declaredTypes, printUses, printWorldTypes } from './world-file.ts';
import { exportMembers, hasMembers } from './world-members.ts';

/** A module that a guest can import, declared under its name in the world. */
export interface AmbientModule {
  readonly specifier: string;
  readonly file: GeneratedFile;
}

/** An imported interface, as the module that a guest's bundler finds it to be: functions and classes. */
export function importedInterface(layout: Layout, module: Module, iface: Interface): GeneratedFile {
  const scope = moduleScope(layout, module.direction, module);
  const file = new GeneratedFile(module.types.values());
  const names = new NameClaims(module.types.values());
  for (const func of iface.functions.values()) {
    if (func.kind.tag === 'freestanding') file.print(functionDeclaration(func, names, scope));
  }
  const declareResource = (resource: Resource, name: string): Printable =>
    classDeclaration(resource, name, scope);
  file.print(...typeDeclarations(iface, module, scope, declareResource));
  return file;
}

/** The world itself: its types, and what the guest's module has to export. */
export function guestWorldModules(layout: Layout, world: World): readonly AmbientModule[] {
  const { world: module } = layout;
  const exportsName = module.titles[1]!;
  const file = new GeneratedFile([...declaredTypes(layout, world), exportsName]);
  printUses(file, layout, world);
  const members = exportMembers(layout, world);
  if (members.length > 0) {
    const docs = docComment(world, { lead: `What a component of \`${world.name}\` has to export.` });
    file.print(code`${docs}export interface ${exportsName} {\n${members}}\n`);
  }
  printWorldTypes(file, layout, world);
  return [...worldImports(layout, world), { specifier: module.specifier, file }];
}

/** Modules for what a world imports under plain names: functions, and interfaces under a label. */
function worldImports(layout: Layout, world: World): readonly AmbientModule[] {
  const scope = moduleScope(layout, 'import');
  return [...world.imports].flatMap(([key, item]): AmbientModule[] => {
    const file = new GeneratedFile();
    if (item.tag === 'function' && item.function.kind.tag === 'freestanding') {
      const name = bindingName(item.function.name);
      const docs = functionDocs(item.function, scope);
      file.print(code`${docs}export default function ${name}${signature(item.function, scope)};`);
    } else if (item.tag === 'interface' && hasMembers(item.interface)) {
      const home = layout.moduleOf(item.interface, 'import');
      if (home.specifier === key) return [];
      file.print(code`export * from ${{ tag: 'specifier', of: home }};`);
    } else {
      return [];
    }
    return [{ specifier: checkedKey(key), file }];
  });
}

/** A declaration cannot have a reserved word for a name, an export can. */
function functionDeclaration(func: Func, names: NameClaims, scope: Scope): Printable {
  const docs = functionDocs(func, scope);
  const exported = memberName(func.name);
  const name = names.claim(bindingName(func.name));
  const declared = code`function ${name}${signature(func, scope)};\n`;
  return name === `${exported}_`
    ? code`${docs}${declared}export { ${name} as ${exported} };\n`
    : code`${docs}export ${declared}`;
}

function classDeclaration(
  { def, constructors, methods, statics }: Resource,
  name: string,
  scope: Scope,
): Printable {
  const instanceNames = new NameClaims();
  const staticNames = new NameClaims(['prototype']);
  const created = constructors.map(
    (func) => code`${functionDocs(func, scope)}constructor${parameters(func, scope)};\n`,
  );
  const members = [
    ...(created.length === 0 ? ['private constructor();\n'] : created),
    ...methods.map((func) => methodMember(func, scope, instanceNames.claim(methodName(func)))),
    ...statics.map((func) => methodMember(func, scope, staticNames.claim(memberName(func.name)), 'static ')),
  ];
  const heading = code`${docComment(def)}export class ${name} implements ${globalType('Disposable')}`;
  return code`${heading} {\n${members}[Symbol.dispose](): void;\n}\n`;
}

/** In a class, only a computed name can be `constructor` and not be the constructor. */
function methodName(func: Func): string {
  const name = memberName(func.name);
  return name === 'constructor' ? '["constructor"]' : name;
}
