import type { Imports } from '@wit-ts/runtime';

/**
 * Gives the interfaces of the host the names under which one component imports them. Otherwise every instance of a
 * component that was built for `wasi:io/streams@0.2.0` would compare the versions of all interfaces for each of its
 * imports.
 */
export class NamedImports {
  readonly #wanted: ReadonlySet<string>;
  /** The name that the component uses, and that of the host. */
  #names: readonly (readonly [wanted: string, given: string])[] | undefined;

  /** @param wanted the names of what the component imports */
  constructor(wanted: Iterable<string>) {
    this.#wanted = new Set(wanted);
  }

  /** @param given the interfaces of one instance, which have the same names each time */
  of(given: Imports): Imports {
    this.#names ??= namesFor(this.#wanted, given);
    const named: Record<string, unknown> = {};
    for (const [wanted, name] of this.#names) named[wanted] = given[name];
    return named;
  }
}

/** Interfaces that the host does not have are left out: `instantiate` reports them. */
function namesFor(wanted: ReadonlySet<string>, given: Imports): (readonly [string, string])[] {
  const byTrack = new Map(Object.keys(given).map((name) => [trackOf(name), name]));
  return [...wanted].flatMap((name) => {
    const found = Object.hasOwn(given, name) ? name : byTrack.get(trackOf(name));
    return found === undefined ? [] : [[name, found] as const];
  });
}

/** Returns the names of a list for which the host has nothing. */
export function missingNames(wanted: readonly string[], given: Imports): readonly string[] {
  const found = new Set(namesFor(new Set(wanted), given).map(([name]) => name));
  return wanted.filter((name) => !found.has(name));
}

/** All versions `0.2.x` of an interface are compatible with each other, and so are all versions `0.3.x`. */
function trackOf(name: string): string {
  return name.replace(/@0\.([23])\.\d+$/u, '@0.$1');
}
