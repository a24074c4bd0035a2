import { compatibleKeys, type Side, type World, type WorldItem } from '@wit-ts/model';

/** A world whose items are found under every name that they serve: another version of one track is the same interface. */
export class Serving {
  readonly world: World;
  readonly #imports: (key: string) => string | undefined;
  readonly #exports: (key: string) => string | undefined;

  constructor(world: World) {
    this.world = world;
    this.#imports = compatibleKeys(world.imports);
    this.#exports = compatibleKeys(world.exports);
  }

  items(side: Side): ReadonlyMap<string, WorldItem> {
    return side === 'import' ? this.world.imports : this.world.exports;
  }

  key(side: Side, key: string): string | undefined {
    return side === 'import' ? this.#imports(key) : this.#exports(key);
  }

  item(side: Side, key: string): WorldItem | undefined {
    const serving = this.key(side, key);
    return serving === undefined ? undefined : this.items(side).get(serving);
  }
}
