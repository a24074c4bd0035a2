import type { ResourceOrigin } from './mismatch.ts';
import { originText } from './mismatch-text.ts';
import { interfaceName } from './names.ts';
import { compatibilityKey } from './semver.ts';
import type { Direction, Interface, TypeDef, World } from './types.ts';
import { resourceOf } from './unalias.ts';

/** An item of two worlds that is being compared. What an interface says of itself belongs to this item. */
export interface ItemPair {
  readonly side: Direction;
  readonly expected: { readonly key: string; readonly interface?: Interface };
  readonly found: { readonly key: string; readonly interface?: Interface };
}

/**
 * Records which resource of the component stands for which resource of the world. A resource is identified by its
 * origin, an import or an export and its name there: an interface that is imported and exported means two resources,
 * while the model of a world that was written as text has one object for both.
 */
export class ResourcePairs {
  readonly #expected: Origins;
  readonly #found: Origins;
  /** By the text of the component's origin, the text of the world's: the world provides what the component imports. */
  readonly #imports = new Map<string, string>();
  /** By the text of the world's origin, the text of the component's, which provides what the world exports. */
  readonly #exports = new Map<string, string>();
  readonly #reported = new Set<string>();

  constructor(expected: World, found: World) {
    this.#expected = new Origins(expected);
    this.#found = new Origins(found);
  }

  /** Binds two types of one name, if the side that receives the resource declares one there. */
  bind(pair: ItemPair, expected: TypeDef, found: TypeDef): void {
    const expectedResource = resourceOf(expected);
    const foundResource = resourceOf(found);
    if (expectedResource === undefined || foundResource === undefined) return;
    const origins = this.origins(pair, expectedResource, foundResource);
    const [left, right] = [originText(origins.expected), originText(origins.found)];
    if (pair.side === 'import' && foundResource === found) this.#imports.set(right, left);
    if (pair.side === 'export' && expectedResource === expected) this.#exports.set(left, right);
  }

  /** Returns whether two resources are one. Resources without a partner count as equal: that is reported elsewhere. */
  same(pair: ItemPair, expected: TypeDef, found: TypeDef): boolean {
    const origins = this.origins(pair, expected, found);
    const [left, right] = [originText(origins.expected), originText(origins.found)];
    if (origins.expected.side === 'export') {
      const bound = this.#exports.get(left);
      return bound === undefined ? expected.name === found.name : bound === right;
    }
    if (origins.found.side === 'export') return false;
    const bound = this.#imports.get(right);
    return bound === undefined ? expected.name === found.name : bound === left;
  }

  /** Returns whether this difference of two resources has not been reported for the item yet, and remembers it. */
  isNew(pair: ItemPair, expected: ResourceOrigin, found: ResourceOrigin): boolean {
    const difference = `${pair.side} ${pair.expected.key} ${originText(expected)} ${originText(found)}`;
    if (this.#reported.has(difference)) return false;
    this.#reported.add(difference);
    return true;
  }

  origins(
    pair: ItemPair,
    expected: TypeDef,
    found: TypeDef,
  ): { readonly expected: ResourceOrigin; readonly found: ResourceOrigin } {
    return {
      expected: this.#expected.origin(expected, pair.side, pair.expected),
      found: this.#found.origin(found, pair.side, pair.found),
    };
  }
}

/** Finds out where the resources of a world come from. */
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

  origin(resource: TypeDef, side: Direction, current: ItemPair['found']): ResourceOrigin {
    const { owner, name } = resource;
    const named = name === undefined ? {} : { name };
    if (owner === undefined || !('functions' in owner)) {
      const item = side === 'export' ? this.#world.exports.get(name ?? '') : undefined;
      const isExported = item?.tag === 'type' && item.type === resource;
      return { side: isExported ? 'export' : 'import', ...named };
    }
    if (owner === current.interface) return { side, key: current.key, ...named };
    const exported = side === 'export' ? this.#keys.export.get(owner) : undefined;
    if (exported !== undefined) return { side: 'export', key: exported, ...named };
    const imported = this.#keys.import;
    const ownName = interfaceName(owner);
    const key = imported.get(owner) ?? imported.get(compatibilityKey(ownName ?? '')) ?? ownName ?? '';
    return { side: 'import', key, ...named };
  }
}
