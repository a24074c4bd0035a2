/** The most addresses whose names are remembered. */
const MOST = 1024;

/**
 * The names that a program has looked up, by the addresses that it received. A grant of `example.org:443` covers a
 * connection to an address only if the program has looked up that name.
 */
export class ResolvedNames {
  readonly #names = new Map<string, Set<string>>();

  add(name: string, addresses: readonly string[]): void {
    for (const address of addresses) {
      const names = this.#names.get(address) ?? new Set();
      names.add(name);
      // An address that was looked up again is the last to be forgotten.
      this.#names.delete(address);
      this.#names.set(address, names);
      if (names.size > MOST) names.delete(first(names));
      if (this.#names.size > MOST) this.#names.delete(first(this.#names.keys()));
    }
  }

  of(address: string): Iterable<string> {
    return this.#names.get(address) ?? [];
  }
}

function first(names: Iterable<string>): string {
  const [name = ''] = names;
  return name;
}
