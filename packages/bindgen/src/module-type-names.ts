import { NameClaims } from '@wit-ts/mapping';
import { parseQualifiedName, type Owner } from '@wit-ts/model';
import { VALUE_NAMES } from './instantiate-functions.ts';
import { typeName } from './names.ts';
import { isInterface, isUse, typesOfOwner } from './type-owners.ts';

/** The TypeScript names of a module. */
export interface TypeNamesOfModule {
  /** TypeScript names of the types, by WIT name. */
  readonly types: ReadonlyMap<string, string>;
  /**
   * For an interface: the name of the type with its functions, and then aliases for importing files, best first. For
   * a world: the names of the types of its imports and of its exports.
   */
  readonly titles: readonly [string, ...string[]];
}

/** A module that is to be named. */
export interface UnnamedModule {
  readonly owner: Owner;
  /** The full name, or the plain name that the world gives it. */
  readonly key: string;
  /** Returns names that tell the module from others with the title. */
  readonly aliases: (title: string) => readonly string[];
}

/** Gives TypeScript names to the types of modules: each is a scope of its own, or all are in one file. */
export class ModuleTypeNames {
  readonly #prefix: string;
  /** The names in the one file; undefined if each module has a file. */
  readonly #shared: NameClaims | undefined;
  /** Names of the one file that more than one module would like to have. */
  readonly #contested = new Set<string>();

  constructor(prefix: string, isOneFile: boolean) {
    this.#prefix = prefix;
    this.#shared = isOneFile ? new NameClaims(VALUE_NAMES) : undefined;
  }

  /**
   * Announces all modules of the one file before they are named, so that a name does not depend on their order: of
   * several types that would like one name, none has it. The world has its names in any case.
   */
  announce(modules: readonly UnnamedModule[]): void {
    if (this.#shared === undefined) return;
    const seen = new Set<string>();
    for (const { owner, key } of modules) {
      const [title] = titlesOf(key);
      const own = new Set([...declaredLabels(owner).map(typeName), ...(isInterface(owner) ? [title] : [])]);
      for (const name of own) (seen.has(name) ? this.#contested : seen).add(name);
    }
  }

  /** Returns the names of a module. */
  name({ owner, key, aliases }: UnnamedModule): TypeNamesOfModule {
    return this.#shared === undefined
      ? this.#separate(owner, key, aliases)
      : this.#inOneFile(this.#shared, { owner, key, aliases });
  }

  #separate(owner: Owner, key: string, aliases: UnnamedModule['aliases']): TypeNamesOfModule {
    const names = new NameClaims(isInterface(owner) ? [] : VALUE_NAMES);
    const types = new Map<string, string>();
    for (const label of typesOfOwner(owner).keys())
      types.set(label, names.claim(this.#prefixed(typeName(label))));
    if (!isInterface(owner)) return { types, titles: this.#worldTitles(owner.name, names) };
    const [first, ...others] = titlesOf(key).map((title) => this.#prefixed(title));
    const title = names.claim(first!, ...others);
    return { types, titles: [title, ...aliases(title), ...others] };
  }

  #inOneFile(names: NameClaims, { owner, key, aliases }: UnnamedModule): TypeNamesOfModule {
    const types = new Map<string, string>();
    if (!isInterface(owner)) {
      for (const label of declaredLabels(owner))
        types.set(label, names.claim(this.#prefixed(typeName(label))));
      return { types, titles: this.#worldTitles(owner.name, names) };
    }
    const [plain = '', ...longer] = titlesOf(key);
    const titles = this.#candidates(plain, [...aliases(plain), ...longer]);
    for (const label of declaredLabels(owner)) {
      const name = typeName(label);
      types.set(
        label,
        this.#claim(
          names,
          this.#candidates(
            name,
            titles.map((title) => `${title}${name}`),
          ),
        ),
      );
    }
    return { types, titles: [this.#claim(names, titles)] };
  }

  /** Returns the names that a type may have, best first. */
  #candidates(first: string, others: readonly string[]): readonly string[] {
    return this.#contested.has(first) && others.length > 0 ? others : [first, ...others];
  }

  #claim(names: NameClaims, candidates: readonly string[]): string {
    const [first = '', ...others] = candidates.map((name) => this.#prefixed(name));
    return names.claim(first, ...others);
  }

  #worldTitles(world: string, names: NameClaims): TypeNamesOfModule['titles'] {
    const name = this.#prefixed(typeName(world));
    return [names.claim(`${name}Imports`), names.claim(`${name}Exports`)];
  }

  #prefixed(name: string): string {
    return `${this.#prefix}${name}`;
  }
}

/** Returns the WIT names of the types that an owner defines, without those that it takes by `use`. */
function declaredLabels(owner: Owner): string[] {
  return [...typesOfOwner(owner)].flatMap(([label, def]) => (isUse(def) ? [] : [label]));
}

/** Returns names for the functions of an interface, the shortest first. */
function titlesOf(key: string): [string, ...string[]] {
  const full = parseQualifiedName(key);
  if (full === undefined) return [typeName(key)];
  const { namespace, name } = full.package;
  const item = typeName(full.item);
  return [item, `${typeName(name)}${item}`, `${typeName(namespace)}${typeName(name)}${item}`];
}
