import { nearest } from '@wit-ts/diagnostics';

/** Comparing names is slow, and nobody reads more suggestions than this. */
const MAX_CANDIDATES = 300;
const MAX_SUGGESTIONS = 100;

/** Returns a function that finds the existing name closest to an unknown one, for one evaluation. */
export function suggestions(): (name: string, candidates: Iterable<string>) => string | undefined {
  let count = 0;
  return (name, candidates) => {
    count += 1;
    if (count > MAX_SUGGESTIONS) return undefined;
    const some: string[] = [];
    for (const candidate of candidates) if (some.push(candidate) >= MAX_CANDIDATES) break;
    return nearest(name, some);
  };
}
