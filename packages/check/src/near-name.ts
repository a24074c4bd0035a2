import { nearest } from '@wit-ts/diagnostics';

/** More candidates than these are not compared: a hostile component may name a hundred thousand things. */
export const MAX_CANDIDATES = 300;

/** The candidate that is most likely meant by a misspelt name. */
export function nearName(name: string, candidates: readonly string[]): string | undefined {
  return nearest(name, candidates.slice(0, MAX_CANDIDATES));
}
