import type { Plugin } from 'rolldown';

/**
 * Finds out what an entry imports at once, itself or through others, so that it can be put into one file. Left alone, the bundler
 * makes a file of each part of it that something else shares.
 */
export class AtOnce {
  readonly #modules = new Set<string>();
  readonly plugin: Plugin;

  /** @param entry the path of its source */
  constructor(entry: string) {
    const modules = this.#modules;
    this.plugin = {
      name: 'at-once',
      buildEnd() {
        modules.add(entry);
        // A Set is walked to its end, also over what is added on the way.
        for (const id of modules) {
          for (const imported of this.getModuleInfo(id)?.importedIds ?? []) modules.add(imported);
        }
      },
    };
  }

  includes(id: string): boolean {
    return this.#modules.has(id);
  }
}
