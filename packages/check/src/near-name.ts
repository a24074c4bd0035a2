import { nearest } from '@wit-ts/diagnostics';

/** A hostile component may name a hundred thousand things; nobody is helped by comparing all. */
const MAX_CANDIDATES = 300;

export function nearName(name: string, candidates: readonly string[] = []): string | undefined {
  return nearest(name, candidates.slice(0, MAX_CANDIDATES));
}
