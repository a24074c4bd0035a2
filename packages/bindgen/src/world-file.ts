import { contractOf, type TypeDef, type World } from '@wit-ts/model';
import { fullNames } from './async-functions.ts';
import { resourceDeclaration, typeDeclaration } from './declaration.ts';
import { docComment } from './doc-comment.ts';
import { FileBuilder } from './file-builder.ts';
import type { ModuleLayout } from './module-layout.ts';
import { code, globalType, type Printable } from './printable.ts';
import { isUse, typesOfOwner } from './type-owners.ts';
import { runtimeType, runtimeValue } from './runtime-module.ts';
import {
  printStaticModule,
  shownExports,
  STATIC_MODULE_NAMES,
  type StaticModuleForm,
} from './static-module/static-world-file.ts';
import { classOf, surfaceOfWorld, type ResourceClass } from './surface.ts';
import { typeNamesOf, usesExport } from './type-names.ts';
import type { TypeNames } from './type-text.ts';
import { exportMembers, importMembers, type ImportMembers } from './world-members.ts';

/**
 * Prints the file of a world for a host: the imports that it supplies, the exports that it receives, types, and
 * `instantiate`.
 *
 * @param form the static module that the file declares; otherwise the file is a module that uses the runtime
 */
export function hostWorldFile(layout: ModuleLayout, world: World, form?: StaticModuleForm): FileBuilder {
  const { titles } = layout.world;
  const [importsName, exportsName = ''] = titles;
  const supplied = importMembers(layout, world, form?.mapped);
  const received = exportMembers(layout, world);
  const imports = supplied.members.length > 0 ? importsName : 'object';
  const exports = received.length > 0 ? exportsName : 'object';
  const file = new FileBuilder([
    ...declaredTypes(layout, world),
    ...titles,
    ...(form === undefined ? ['contract', 'instantiate'] : [...STATIC_MODULE_NAMES, ...shownExports(world)]),
  ]);
  file.print(...usesExport(layout.world, typeNamesOf(layout, 'import', layout.world)));
  if (supplied.members.length > 0) {
    const docs = docComment({}, { lead: `What \`${world.name}\` imports: the host supplies it.` });
    file.print(code`${docs}${importsDeclaration(imports, supplied)}\n`);
  }
  if (received.length > 0) {
    const docs = docComment(world, { lead: `What \`${world.name}\` exports: the component supplies it.` });
    file.print(code`${docs}export interface ${exports} {\n${received}}\n`);
  }
  printWorldTypes(file, layout, world, (resource, def, name, names) =>
    resourceDeclaration(resource, def, name, layout.world, names),
  );

  const typeParameters = supplied.hasVersions
    ? code`<Given extends ${runtimeType('CompatibleKeys')}<${imports}>>`
    : '';
  const accepted = supplied.hasVersions
    ? code`${imports} | ${runtimeType('CompatibleImports')}<Given, ${imports}>`
    : imports;
  if (form !== undefined) {
    const isRequired = supplied.required;
    printStaticModule(file, layout, form, { typeParameters, imports: accepted, isRequired, exports });
    return file;
  }
  file.print(code`
    /** The contract that a component must satisfy for these types to hold. */
    export const contract: ${runtimeType('Contract')} = ${JSON.stringify(contractOf(world))};

    /**
     * Instantiates a component of the world \`${world.name}\`.
     *
     * @throws {LinkError} when the component does not fit the world or an import is missing; it lists every reason
     */
    export function instantiate${typeParameters}(
      component: ${runtimeType('Source')} | ${runtimeType('Component')},
      imports: ${accepted}${supplied.required ? '' : ' = {}'},
      options?: ${runtimeType('InstantiateOptions')},
    ): ${globalType('Promise')}<${exports}> {
      return ${runtimeValue('instantiateWorld')}<${exports}>(contract, component, imports, ${optionsText(layout, world)});
    }`);
  return file;
}

/** Prints the options for the runtime. It has to know which functions wait that are synchronous in WIT. */
function optionsText({ listed }: ModuleLayout, world: World): string {
  if (listed.import.size === 0 && listed.export.size === 0) return 'options';
  const imports = JSON.stringify(fullNames(world, 'import', listed.import));
  const exports = JSON.stringify(fullNames(world, 'export', listed.export));
  return `{ suspend: { imports: ${imports}, exports: ${exports} }, ...options }`;
}

function importsDeclaration(name: string, { members, hasAlternatives, labels }: ImportMembers): Printable {
  if (!hasAlternatives) return code`export interface ${name} {\n${members}}`;
  const names = labels.length === 0 ? '' : code`, {\n${labels}}`;
  return code`export type ${name} = ${runtimeType('WorldImports')}<{\n${members}}${names}>;`;
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
  const { imports, exports } = surfaceOfWorld(world, layout.side);
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
