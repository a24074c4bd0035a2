import { MOST_SUGGESTED } from '@wit-ts/model';
import type { ImportSite } from '@wit-ts/mapping';
import { nearest } from '@wit-ts/diagnostics';
import type { PlanImport } from '@wit-ts/plan';
import { importSitesOf } from './import-sites.ts';
import type { Imports, MismatchedImport } from './imports.ts';

/** Finds the names of a host's objects that may be misspellings of missing imports. */
export class MisspeltImports {
  readonly #host: Imports;
  /** The properties under which the component looks up its imports, which are not misspellings of other names. */
  readonly #known: ReadonlySet<string | undefined>;
  #compared = 0;

  constructor(imports: readonly PlanImport[], host: Imports) {
    this.#host = host;
    const names = importSitesOf(imports).map(({ interfaces, keys, classKeys }) => [
      ...interfaces.flatMap(({ key, also }) => [key, also]),
      ...keys,
      ...classKeys,
    ]);
    this.#known = new Set(names.flat());
  }

  /** Returns a question about the key of an interface that the host does not have. */
  interface(name: string): string | undefined {
    return this.#question('the imports have', this.#host, name);
  }

  /** Returns a question about a function or class that the host's object does not have. */
  member({ item, site, container }: MismatchedImport): string | undefined {
    const [owner, object, key] = missingMember(site, container, item.path[0] ?? '');
    return this.#question(owner, object, key);
  }

  #question(owner: string, object: unknown, name: string): string | undefined {
    this.#compared += 1;
    if (this.#compared > MOST_SUGGESTED) return undefined;
    const others = namesOf(object).filter((other) => !this.#known.has(other));
    const near = nearest(name, others);
    return near === undefined ? undefined : `${owner} '${near}': did you mean '${name}'?`;
  }
}

/** Returns the start of a sentence about the object in which a member is missing, the object, and the member's key. */
function missingMember(
  { style, keys: [key], classKeys: [className], interfaces }: ImportSite,
  container: unknown,
  name: string,
): readonly [owner: string, object: unknown, key: string] {
  const given: unknown =
    className !== undefined && isObject(container) ? Reflect.get(container, className) : undefined;
  if (style === 'static' && isObject(given)) return [`the class ${className} has`, given, key];
  const owner = interfaces.length === 0 ? 'the imports have' : `'${name}' has`;
  return [owner, container, className ?? key];
}

/** Returns the names of an object's properties, own and inherited ones, without those that every object has. */
function namesOf(object: unknown): readonly string[] {
  const names = new Set<string>();
  try {
    let at: unknown = object;
    while (isObject(at) && at !== Object.prototype && at !== Function.prototype) {
      for (const name of Object.getOwnPropertyNames(at)) names.add(name);
      at = Object.getPrototypeOf(at);
    }
  } catch {
    // A proxy may refuse to list its properties. It then gets no suggestions.
  }
  return [...names];
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
