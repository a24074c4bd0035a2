import { interfaceName, type World } from '@wit-ts/model';
import { isInterface, mentionedOwners } from './type-owners.ts';

/** The interfaces whose types are in modules of the user. */
export class MappedInterfaces {
  readonly #specifiers: ReadonlyMap<string, string>;

  /** @param map a specifier, or a path relative to the output directory, by the name of an interface */
  constructor(map: Readonly<Record<string, string>>) {
    this.#specifiers = new Map(Object.entries(map));
  }

  /** Returns the user's module with the types of an interface. @param name its full name */
  specifierOf(name: string): string | undefined {
    return this.#specifiers.get(name) ?? this.#specifiers.get(name.replace(/@.*$/u, ''));
  }

  /** @throws TypeError if the world has no interface of a name */
  refuseUnknown(world: World): void {
    if (this.#specifiers.size === 0) return;
    const names = mappableInterfaces(world);
    const known = new Set(names.flatMap((name) => [name, name.replace(/@.*$/u, '')]));
    for (const name of this.#specifiers.keys()) {
      if (known.has(name)) continue;
      const choices = names.length === 0 ? 'it has none' : `choose from: ${names.join(', ')}`;
      throw new TypeError(`\`${world.name}\` has no interface ${JSON.stringify(name)} to map; ${choices}`);
    }
  }
}

/** Returns the full names of the interfaces that a world imports, exports, or uses types of. */
export function mappableInterfaces(world: World): readonly string[] {
  const items = [...world.imports.values(), ...world.exports.values()];
  const found = new Set(items.flatMap((item) => (item.tag === 'interface' ? [item.interface] : [])));
  for (const owner of mentionedOwners(world)) if (isInterface(owner)) found.add(owner);
  // The set grows while it is walked, and what is added is walked too.
  for (const iface of found)
    for (const owner of mentionedOwners(iface)) if (isInterface(owner)) found.add(owner);
  return [...found].flatMap((iface) => interfaceName(iface) ?? []);
}
