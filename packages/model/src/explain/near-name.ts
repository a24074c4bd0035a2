/** How many problems get suggestions of similar names: the search is not cheap, and no reader needs hundreds. */
export const MOST_SUGGESTED = 200;
/** Suggests the closest candidate for an unknown word, as `nearest` of `@wit-ts/diagnostics` does. */
export type Nearest = (word: string, candidates: Iterable<string>) => string | undefined;

/** More candidates than these are not compared: a hostile component may name a hundred thousand things. */
export const MAX_CANDIDATES = 300;

/** The candidate that is most likely meant by a misspelt name. */
export function nearName(
  name: string,
  candidates: readonly string[],
  { nearest }: { readonly nearest: Nearest },
): string | undefined {
  return nearest(name, candidates.slice(0, MAX_CANDIDATES));
}
