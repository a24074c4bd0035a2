import { type Imports, LinkError, type LinkProblem, type LinkedImport } from '@wit-ts/runtime/static-module';

/** An import as a static module knows it: its path, what messages expect, where a host has it, and what fits it. */
type StaticImport = readonly [
  path: readonly string[],
  expected: string,
  find: (host: Imports) => unknown,
  /** Absent for functions. Returns what is found instead, if it has a name. @param linked what was found before */
  isFit?: (found: unknown, linked: readonly LinkedImport[]) => boolean | string,
];

/**
 * Finds every import in the host's object.
 *
 * @throws LinkError with every import that is missing or has the wrong type
 */
export function link(imports: readonly StaticImport[], host: Imports): readonly LinkedImport[] {
  const problems: LinkProblem[] = [];
  const linked: LinkedImport[] = [];
  for (const [path, expected, find, isFit = isFunction] of imports) {
    const found = find(host);
    linked.push(found);
    const fits = isFit(found, linked);
    if (fits !== true) problems.push({ path, expected, given: fits || kindOf(found) });
  }
  if (problems.length > 0) throw new LinkError(problems);
  return linked;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return value === null ? 'null' : `a value of the type ${typeof value}`;
}
