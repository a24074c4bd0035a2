import {
  findImport,
  type Imports,
  isFit,
  LinkError,
  type LinkProblem,
  type LinkedImport,
} from '@wit-ts/runtime/static-module';
import type { PrintedImport } from '../print/printed-import.ts';

/**
 * Finds every import in the host's object.
 *
 * @throws LinkError with every import that is missing or has the wrong type
 */
export function link(imports: readonly PrintedImport[], host: Imports): readonly LinkedImport[] {
  const problems: LinkProblem[] = [];
  const linked: LinkedImport[] = [];
  for (const [path, expected, item, site] of imports) {
    const { found } = findImport(site, host);
    linked.push(found);
    if (!isFit(item, found, linked)) problems.push({ path, expected, given: kindOf(found) });
  }
  if (problems.length > 0) throw new LinkError(problems);
  return linked;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return value === null ? 'null' : `a value of the type ${typeof value}`;
}
