import { isThenable, withRejection } from '@wit-ts/abi';
import type { ImportSite } from '@wit-ts/mapping';
import type { PlanImport } from '@wit-ts/plan';
import { expectedItem } from './expected-item.ts';
import { findImports } from './find-imports.ts';
import { findInterface, type Imports, type LinkedImport, type MismatchedImport } from './imports.ts';
import { LinkError, type LinkProblem } from './link-error.ts';
import { MisspeltImports } from './misspelt-imports.ts';

/**
 * Finds every import in the host's object.
 *
 * @throws LinkError with every import that is missing or has the wrong type
 */
export function linkImports(imports: readonly PlanImport[], host: Imports): readonly LinkedImport[] {
  const mismatched: MismatchedImport[] = [];
  const linked = findImports(imports, host, mismatched);
  if (mismatched.length > 0) throw mismatchedImportsError(mismatched, imports, host);
  return linked;
}

/** Returns the error that describes every mismatched import. */
export function mismatchedImportsError(
  mismatched: readonly MismatchedImport[],
  imports: readonly PlanImport[],
  host: Imports,
): LinkError {
  const error = new LinkError(linkProblems(mismatched, imports, host));
  // Whoever forgot an `await` shall learn why the promise rejects.
  const given = mismatched.flatMap(({ found, container }) => [found, container]);
  return withRejection(error, [host, ...given].filter(isThenable));
}

export function linkProblems(
  mismatched: readonly MismatchedImport[],
  imports: readonly PlanImport[],
  host: Imports,
): LinkProblem[] {
  const misspelt = new MisspeltImports(imports, host);
  return mismatched.flatMap((each) => {
    const { item, site, found } = each;
    // A class that is missing is reported with each function that needs it.
    const isReported = item.item.tag === 'resource' && mismatched.some((other) => needs(other.site, site));
    if (isReported && found === undefined) return [];
    const expected = expectedItem(item, site, imports);
    const help = helpFor(each, host, misspelt);
    return {
      path: item.path,
      expected,
      given: givenItem(item, found),
      ...(help !== undefined && { help }),
    };
  });
}

/** Returns true if a function belongs to a class. */
function needs(
  { interfaces, classKeys: [key] }: ImportSite,
  { interfaces: around, keys }: ImportSite,
): boolean {
  return interfaces === around && key === keys[0];
}

function givenItem({ item: { tag } }: PlanImport, found: unknown): string {
  if (typeof found !== 'function' || tag === 'instance') return kindOf(found);
  return tag === 'resource' ? 'a function that is not a class' : 'another class';
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (isThenable(value)) return 'a Promise';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function helpFor(each: MismatchedImport, host: Imports, misspelt: MisspeltImports): string | undefined {
  const { item, site, found, container } = each;
  const [name = ''] = item.path;
  if (isThenable(host)) return 'the import object is a Promise: await it';
  if (isThenable(container)) return `the value of '${name}' is a Promise: await it`;
  const [keys] = site.interfaces;
  if (keys !== undefined && container !== undefined && typeof container !== 'object')
    return `the value of '${name}' is ${kindOf(container)}; give an object with its members`;
  if (keys === undefined || findInterface(host, keys) !== undefined)
    return found === undefined ? misspelt.member(each) : undefined;
  const [base = ''] = name.split('@');
  const others = Object.keys(host).filter((key) => key === base || key.startsWith(`${base}@`));
  if (others.length === 0) return misspelt.interface(name) ?? `the imports have no key '${name}'`;
  return `the imports have ${others.map((key) => `'${key}'`).join(', ')}, which is not compatible with '${name}'`;
}
