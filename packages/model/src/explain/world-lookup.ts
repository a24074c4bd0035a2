import { compatibleKeys } from '../compatible-key.ts';
import { functionsOf, typesOf } from '../members.ts';
import { type PathSegment } from '../mismatch-path.ts';
import { type Direction, type Func, type TypeDef, type World, type WorldItem } from '../types.ts';

/** Finds the items of a world under every key that links with them: semver-compatible versions are one interface. */
export class WorldLookup {
  readonly world: World;
  readonly #importKey: (key: string) => string | undefined;
  readonly #exportKey: (key: string) => string | undefined;

  constructor(world: World) {
    this.world = world;
    this.#importKey = compatibleKeys(world.imports);
    this.#exportKey = compatibleKeys(world.exports);
  }

  items(side: Direction): ReadonlyMap<string, WorldItem> {
    return side === 'import' ? this.world.imports : this.world.exports;
  }

  /** The key under which the world has the item that links with `key`. */
  key(side: Direction, key: string): string | undefined {
    return side === 'import' ? this.#importKey(key) : this.#exportKey(key);
  }

  item(side: Direction, key: string): WorldItem | undefined {
    const own = this.key(side, key);
    return own === undefined ? undefined : this.items(side).get(own);
  }

  /** The item that the first segment of a path names. */
  itemAt(segment: PathSegment | undefined): WorldItem | undefined {
    return segment?.tag === 'import' || segment?.tag === 'export'
      ? this.item(segment.tag, segment.name)
      : undefined;
  }
}

/**
 * Returns the function or type of an item that a segment names; `undefined` if the item does not have it, or the
 * segment names neither.
 */
export function memberAt(item: WorldItem, segment: PathSegment): ItemMember | undefined {
  return itemMemberOf({ functions: functionsOf(item), types: typesOf(item) }, segment);
}

/** A function or a type of a world's item. */
export type ItemMember =
  { readonly tag: 'function'; readonly function: Func } | { readonly tag: 'type'; readonly type: TypeDef };

interface Members {
  readonly functions: ReadonlyMap<string, Func>;
  readonly types: ReadonlyMap<string, TypeDef>;
}

/** Like `memberAt`, for an interface. */
export function itemMemberOf({ functions, types }: Members, segment: PathSegment): ItemMember | undefined {
  switch (segment.tag) {
    case 'func':
      return functionMember(functions.get(segment.name));
    case 'constructor':
      return functionMember(functions.get(`[constructor]${segment.resource}`));
    case 'method':
    case 'static':
      return functionMember(functions.get(`[${segment.tag}]${segment.resource}.${segment.name}`));
    case 'type':
    case 'definition': {
      const type = types.get(segment.name);
      return type && { tag: 'type', type };
    }
    default:
      return undefined;
  }
}

function functionMember(func: Func | undefined): ItemMember | undefined {
  return func && { tag: 'function', function: func };
}
