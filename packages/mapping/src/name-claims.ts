import type { CasingChoice } from './choices.ts';
import { cased } from './letter-case.ts';

/**
 * Gives distinct names to items of one scope, one after the other. Two WIT names may have the same JavaScript name:
 * `a-1` and `a1` both become `a1`. The second item is then called `a1$1`, which clashes with no other name because
 * WIT names contain no `$`.
 */
export class NameClaims {
  /** For each name that is taken: the number that its next clash gets. */
  readonly #next = new Map<string, number>();

  /** @param taken names that no item may have */
  constructor(taken: Iterable<string> = []) {
    for (const name of taken) this.#next.set(name, 1);
  }

  /** Returns the first candidate that is free, or the last candidate with `$1`, `$2` … appended. */
  claim(first: string, ...others: readonly string[]): string {
    let name = this.#next.has(first) ? others.find((candidate) => !this.#next.has(candidate)) : first;
    if (name === undefined) {
      const last = others.at(-1) ?? first;
      let number = this.#next.get(last)!;
      do name = `${last}$${number++}`;
      while (this.#next.has(name));
      this.#next.set(last, number);
    }
    this.#next.set(name, 1);
    return name;
  }

  /** Returns true if an item has the name already. */
  has(name: string): boolean {
    return this.#next.has(name);
  }
}

/**
 * Returns the names of items of one scope in JavaScript, in order: of the fields of a record, of flags, and of
 * arguments in messages. The `self` of a method is no such argument.
 */
export function memberKeys(members: readonly { readonly name: string }[], choices?: CasingChoice): string[] {
  return distinctNames(members.map(({ name }) => cased(name, choices)));
}

/** Returns the names of items of one scope, of which those that another one has before are given a number. */
export function distinctNames(names: string[]): string[] {
  // Most scopes are small and have no clash, and a large package has a scope for each of its functions.
  if (names.length <= FEW && names.every((name, index) => names.indexOf(name) === index)) return names;
  const claims = new NameClaims();
  return names.map((name) => claims.claim(name));
}

const FEW = 16;
