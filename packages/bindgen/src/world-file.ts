import type { TypeDef, World } from '@wit-ts/model';
import { resourceDeclaration, typeDeclaration } from './declaration.ts';
import { docComment } from './doc-comment.ts';
import { FileBuilder } from './file-builder.ts';
import {
  importsOfInstance,
  instantiateFunctions,
  VALUE_NAMES,
  type HostForm,
} from './instantiate-functions.ts';
import { aliasLayout, interfaceLayout } from './layout/declaration-layout.ts';
import { generic, openObjectType } from './layout/type-layout.ts';
import type { ModuleLayout } from './module-layout.ts';
import { code, type Printable } from './printable.ts';
import { isUse, typesOfOwner } from './type-owners.ts';
import { runtimeType } from './runtime-module.ts';
import {
  printStaticModule,
  shownExports,
  moduleNames,
  type StaticModuleForm,
} from './static-module/static-world-file.ts';
import { classOf, type ResourceClass } from './surface.ts';
import { typeNamesOf, usesExport } from './type-names.ts';
import type { TypeNames } from './type-text.ts';
import { exportMembers, importMembers, type ImportMembers } from './world-members.ts';

/**
 * Prints the file of a world for a host: the imports that it supplies, the exports that it receives, types, and
 * `instantiate`.
 *
 * @param form what the file has beside types, or the static module that the file declares
 * @param printInterfaces prints the types of interfaces that are in the same file
 */
export function hostWorldFile(
  layout: ModuleLayout,
  world: World,
  form: HostForm | StaticModuleForm,
  printInterfaces: (file: FileBuilder) => void = () => undefined,
): FileBuilder {
  const { titles } = layout.world;
  const [importsName, exportsName = ''] = titles;
  const staticModule = 'typesOnly' in form ? undefined : form;
  const supplied = importMembers(layout, staticModule?.mapped, staticModule?.values?.imports);
  const received = exportMembers(layout, staticModule?.values?.exports);
  const imports = supplied.members.length > 0 ? importsName : 'object';
  const exports = received.length > 0 ? exportsName : 'object';
  const values =
    staticModule === undefined
      ? VALUE_NAMES
      : [...moduleNames(staticModule), ...shownExports(world, staticModule, layout.forms.choices)];
  const file = new FileBuilder([...declaredTypes(layout, world), ...titles, ...values]);
  file.print(...usesExport(layout.world, typeNamesOf(layout, 'import', layout.world)));
  if (supplied.members.length > 0) {
    const docs = docComment({}, { lead: `What \`${world.name}\` imports: the host supplies it.` });
    file.print(code`${docs}${importsDeclaration(imports, supplied)}\n`);
  }
  if (received.length > 0) {
    const docs = docComment(world, { lead: `What \`${world.name}\` exports: the component supplies it.` });
    file.print(code`${docs}export ${interfaceLayout(exports, received)}\n`);
  }
  printWorldTypes(file, layout, world, (resource, def, name, names) =>
    resourceDeclaration(resource, def, name, layout.world, names),
  );

  printInterfaces(file);
  const types = { imports, exports, areRequired: supplied.required, hasVersions: supplied.hasVersions };
  if (!('typesOnly' in form)) {
    const { typeParameters, accepted } = importsOfInstance(types);
    printStaticModule(file, layout, form, {
      typeParameters,
      imports: accepted,
      isRequired: types.areRequired,
      exports,
    });
    return file;
  }
  if (form.typesOnly) file.print(...absentTypes(layout, supplied.members.length, received.length));
  file.print(...instantiateFunctions(layout, world, form, types));
  return file;
}

/** Prints the types of imports and exports that a world does not have: without them a file of types may be empty. */
function absentTypes({ world: { titles } }: ModuleLayout, imports: number, exports: number): Printable[] {
  return [imports, exports].flatMap((count, index) =>
    count === 0 ? [code`export type ${titles[index] ?? ''} = object;\n`] : [],
  );
}

function importsDeclaration(name: string, { members, hasAlternatives, labels }: ImportMembers): Printable {
  if (!hasAlternatives) return code`export ${interfaceLayout(name, members)}`;
  const args = (labels.length === 0 ? [members] : [members, labels]).map(openObjectType);
  return code`export ${aliasLayout(name, generic(runtimeType('WorldImports'), ...args))};`;
}

/**
 * Prints the types that the world defines.
 *
 * @param declareImport prints a resource that the world imports
 */
export function printWorldTypes(
  file: FileBuilder,
  layout: ModuleLayout,
  world: World,
  declareImport: (resource: ResourceClass, def: TypeDef, name: string, names: TypeNames) => Printable,
): void {
  const { world: module } = layout;
  const names = typeNamesOf(layout, 'import', module);
  const { imports, exports } = layout.surface;
  const members = [...imports, ...exports];
  for (const [label, def] of typesOfOwner(world)) {
    if (isUse(def)) continue;
    const name = module.types.get(label)!;
    if (def.kind.tag !== 'resource') file.print(typeDeclaration(def, name, names));
    else if (world.imports.has(label)) file.print(declareImport(classOf(members, def), def, name, names));
    else file.print(resourceDeclaration(classOf(members, def), def, name, module, names));
  }
}

/** Returns the TypeScript names of the types that the world defines. */
export function declaredTypes(layout: ModuleLayout, world: World): string[] {
  return [...typesOfOwner(world)]
    .filter(([, def]) => !isUse(def))
    .map(([label]) => layout.world.types.get(label)!);
}
