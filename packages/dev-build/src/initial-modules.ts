import type { Plugin } from 'rolldown';

/**
 * Collects the modules that some entries import statically, directly or through other modules, so that they can be
 * bundled into one file. Without that, the bundler makes a separate file of each module that another entry shares. A
 * module that another one loads with a dynamic import stays a separate file, so that a page need not load it at once.
 */
export class InitialModules {
  readonly #modules = new Set<string>();
  /** Fills the set while the bundler builds. */
  readonly plugin: Plugin;

  /** @param entries the paths of the entries' sources */
  constructor(entries: readonly string[]) {
    const modules = this.#modules;
    this.plugin = {
      name: 'initial-modules',
      buildEnd() {
        for (const entry of entries) modules.add(entry);
        // Iterating over a Set also visits the elements that are added meanwhile.
        for (const id of modules) {
          for (const imported of this.getModuleInfo(id)?.importedIds ?? []) {
            if (this.getModuleInfo(imported)?.dynamicImporters.length === 0) modules.add(imported);
          }
        }
      },
    };
  }

  includes(id: string): boolean {
    return this.#modules.has(id);
  }
}
