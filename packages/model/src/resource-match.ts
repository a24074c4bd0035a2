import { interfaceName } from './names.ts';
import type { Side } from './mismatch.ts';
import { compatibilityKey } from './semver.ts';
import type { Interface, TypeDef, World } from './types.ts';
import { resourceOf } from './unalias.ts';

/** The item of two worlds that is being compared; what an interface says of itself is said of this one. */
export interface Pair {
  readonly side: Side;
  readonly expected: { readonly key: string; readonly interface?: Interface };
  readonly found: { readonly key: string; readonly interface?: Interface };
}

/**
 * Which resource of the component stands for which of the world. A resource is known by where it comes from, an import or
 * an export and its name there, since one interface that is imported and exported means two resources, while the model
 * of a world that was written as text has one object for both.
 */
export class ResourcePairs {
  readonly #expected: Origins;
  readonly #found: Origins;
  /** What the component imports is what the world provides; what the world exports is what the component provides. */
  readonly #imports = new Map<string, string>();
  readonly #exports = new Map<string, string>();
  readonly #told = new Set<string>();

  constructor(expected: World, found: World) {
    this.#expected = new Origins(expected);
    this.#found = new Origins(found);
  }

  /** Binds two types of one name, if the abstract side declares a resource there. */
  bind(pair: Pair, expected: TypeDef, found: TypeDef): void {
    const expectedResource = resourceOf(expected);
    const foundResource = resourceOf(found);
    if (expectedResource === undefined || foundResource === undefined) return;
    const left = this.#expected.origin(expectedResource, pair.side, pair.expected);
    const right = this.#found.origin(foundResource, pair.side, pair.found);
    if (pair.side === 'import' && foundResource === found) this.#imports.set(right, left);
    if (pair.side === 'export' && expectedResource === expected) this.#exports.set(left, right);
  }

  /** Whether two resources are one. Those whose interface has no partner count as equal: that is reported already. */
  same(pair: Pair, expected: TypeDef, found: TypeDef): boolean {
    const left = this.#expected.origin(expected, pair.side, pair.expected);
    const right = this.#found.origin(found, pair.side, pair.found);
    if (left.startsWith('export')) {
      const bound = this.#exports.get(left);
      return bound === undefined ? expected.name === found.name : bound === right;
    }
    if (right.startsWith('export')) return false;
    const bound = this.#imports.get(right);
    return bound === undefined ? expected.name === found.name : bound === left;
  }

  /** Whether two different resources, by their texts, are met for the first time in an item. */
  isNew(pair: Pair, expected: string, found: string): boolean {
    const difference = `${pair.side} ${pair.expected.key} ${expected} ${found}`;
    if (this.#told.has(difference)) return false;
    this.#told.add(difference);
    return true;
  }

  /** Two resources as a person tells them apart: by name, or where that is one, by where they come from. */
  texts(pair: Pair, expected: TypeDef, found: TypeDef): readonly [expected: string, found: string] {
    if (expected.name !== found.name) return [expected.name ?? 'resource', found.name ?? 'resource'];
    return [
      this.#expected.origin(expected, pair.side, pair.expected),
      this.#found.origin(found, pair.side, pair.found),
    ];
  }
}

/** Where the interfaces of a world come from. */
class Origins {
  readonly #world: World;
  readonly #keys = {
    import: new Map<Interface | string, string>(),
    export: new Map<Interface | string, string>(),
  };

  constructor(world: World) {
    this.#world = world;
    for (const side of ['import', 'export'] as const) {
      for (const [key, item] of world[`${side}s`]) {
        if (item.tag !== 'interface') continue;
        this.#keys[side].set(item.interface, key);
        this.#keys[side].set(compatibilityKey(key), key);
      }
    }
  }

  origin(resource: TypeDef, side: Side, current: Pair['found']): string {
    const { owner, name = '' } = resource;
    if (owner === undefined || !('functions' in owner)) {
      const item = side === 'export' ? this.#world.exports.get(name) : undefined;
      return item?.tag === 'type' && item.type === resource ? `export ${name}` : `import ${name}`;
    }
    if (owner === current.interface) return `${side} ${current.key}.{${name}}`;
    const { export: exported, import: imported } = this.#keys;
    const [home, key] =
      side === 'export' && exported.has(owner)
        ? ['export', exported.get(owner)]
        : imported.has(owner)
          ? ['import', imported.get(owner)]
          : ['import', imported.get(compatibilityKey(interfaceName(owner) ?? '')) ?? interfaceName(owner)];
    return `${home} ${key ?? ''}.{${name}}`;
  }
}
