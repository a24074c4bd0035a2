import { decode } from '@wit-ts/component';
import type { ImportSite, InterfaceKeys } from '@wit-ts/mapping';
import { plan, type PlanImport } from '@wit-ts/plan';
import { importSitesOf } from '@wit-ts/runtime/static-module';

/** A component that is given for an import when a static module is written. */
export interface GivenComponent {
  /** The names that lead to the import. */
  readonly path: readonly string[];
  readonly bytes: Uint8Array;
}

/**
 * Finds the imports for which components are given.
 *
 * @param given by the name of the import: `some-part`, or `example:parts/kit#other-part` inside an imported instance
 * @throws TypeError when a name is not that of an imported component, or a value is not bytes, and for a `Map` or
 *   another list, whose entries would be ignored
 */
export function givenComponents(
  imports: readonly PlanImport[],
  given: Readonly<Record<string, Uint8Array>>,
): readonly GivenComponent[] {
  if (typeof given !== 'object' || given === null || Symbol.iterator in given)
    throw new TypeError("`components`: expected an object: { 'some-part': bytes }");
  const wanted = importedComponents(imports);
  return Object.entries(given).flatMap(([key, bytes]) => {
    if (!(bytes instanceof Uint8Array))
      throw new TypeError(`\`components\`: \`${key}\` needs the bytes of a component, as Uint8Array`);
    const found = wanted.filter((each) => isMeant(each, key));
    if (found.length === 0) throw unknownImport(key, wanted);
    return found.map(({ path }) => ({ path, bytes }));
  });
}

/**
 * Returns true if a component imports a component under a name, as `components` has it.
 *
 * @throws DecodeError when the bytes are not a component
 */
export function importsComponent(bytes: Uint8Array, name: string): boolean {
  return importedComponents(plan(decode(bytes)).imports).some((each) => isMeant(each, name));
}

/** A component that is imported, and where a host has it. */
interface ImportedComponent {
  readonly path: readonly string[];
  readonly site: ImportSite;
}

function importedComponents(imports: readonly PlanImport[]): readonly ImportedComponent[] {
  const sites = importSitesOf(imports);
  return imports.flatMap(({ path, item }, index) =>
    item.tag === 'component' ? [{ path, site: sites[index]! }] : [],
  );
}

function isMeant({ path, site: { interfaces, keys } }: ImportedComponent, key: string): boolean {
  const names = key.split('#');
  return (
    names.length === path.length &&
    interfaces.every((each, index) => isNamed(each, path[index]!, names[index]!)) &&
    [path.at(-1), ...keys].includes(names.at(-1)!)
  );
}

/** A name without a version stands for all versions. */
function isNamed({ key, also }: InterfaceKeys, name: string, given: string): boolean {
  return given === name || given === key || given === also;
}

function unknownImport(key: string, wanted: readonly Pick<PlanImport, 'path'>[]): TypeError {
  const names = wanted.slice(0, 8).map(({ path }) => `\`${path.join('#')}\``);
  const more = wanted.length > names.length ? ` and ${wanted.length - names.length} more` : '';
  const imported = names.length === 0 ? 'it imports none' : `it imports ${names.join(', ')}${more}`;
  return new TypeError(`\`components\`: the component does not import a component \`${key}\`; ${imported}`);
}
