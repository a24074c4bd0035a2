import type { ImportSite, InterfaceKeys } from '@wit-ts/mapping';
import { dataText, literal } from '@wit-ts/abi/compile';
import type { Plan, PlanImport } from '@wit-ts/plan';
import { expectedItem, importSitesOf } from '@wit-ts/runtime/static-module';
import type { ImportedModuleType } from '../support/given-module.ts';
import type { PrintedFunctions } from './printed-functions.ts';

/**
 * Prints the imports of a component for `link`. Where a host has an import is printed as code, so that a module
 * contains only what its imports need: versions are compared if an interface has a version.
 */
export function importsText(
  { imports }: Plan,
  functions: PrintedFunctions,
  types: ReadonlyMap<number, ImportedModuleType>,
): string {
  const sites = importSitesOf(imports);
  const texts = imports.map((each, index) => {
    const site = sites[index]!;
    const parts = [
      dataText(each.path),
      literal(expectedItem(each, site, imports)),
      `(host) => ${findText(site, functions)}`,
      ...fitText(each.item, functions, types.has(index) ? `moduleType${index}` : undefined),
    ];
    return `[${parts.join(', ')}]`;
  });
  return `[${texts.join(', ')}]`;
}

function findText({ interfaces, style, keys, classKeys }: ImportSite, functions: PrintedFunctions): string {
  let container = 'host';
  for (const each of interfaces) container = interfaceText(container, each, functions);
  const find = (among: readonly string[], read: 'bound' | 'member'): string =>
    `${functions.use(interfaces.length === 0 ? 'findInWorld' : 'findMember')}(${dataText(among)}, ${container}, ${functions.use(read)})`;
  switch (style) {
    case 'instance':
      return container;
    case 'function':
      return find(keys, 'bound');
    case 'value':
    case 'class':
      return find(keys, 'member');
    case 'static':
      return `${functions.use('staticOf')}(${find(classKeys, 'member')}, ${literal(keys[0])})`;
    default:
      return find(classKeys, 'member');
  }
}

function interfaceText(container: string, keys: InterfaceKeys, functions: PrintedFunctions): string {
  return keys.track === undefined && keys.also === undefined
    ? `${functions.use('member')}(${container}, ${literal(keys.key)})`
    : `${functions.use('findInterface')}(${container}, ${dataText(keys)})`;
}

/** Returns nothing for functions, which need no other check. */
function fitText(
  item: PlanImport['item'],
  functions: PrintedFunctions,
  moduleType: string | undefined,
): readonly string[] {
  switch (item.tag) {
    case 'func':
      return [];
    case 'resource':
      return [functions.use('isClass')];
    case 'resource-alias':
      return [`(found, linked) => found === undefined || found === linked[${item.of}]`];
    case 'instance':
      return [functions.use('isInstance')];
    case 'module':
      return [
        moduleType === undefined
          ? functions.use('isCompiledModule')
          : `${functions.use('isModuleOf')}(${moduleType})`,
      ];
    case 'component':
    case 'known':
      throw new TypeError('imported components are not printed');
  }
}
