import type { OpenDirectory } from '../node.ts';

/**
 * The directories on the way to where a walk over a tree is, each with what is left to do in it. Guests decide how deep
 * a tree is, so the walk must not use the stack of JavaScript, and has only the directories of one way open.
 */
export class DirectoryStack<T> {
  readonly #levels: { readonly directory: OpenDirectory; readonly items: readonly T[]; done: number }[] = [];

  /** Takes the directory over, and closes it when its items are done. */
  constructor(directory: OpenDirectory, items: readonly T[]) {
    this.enter(directory, items);
  }

  /** Continues in a directory before the rest of the present one. */
  enter(directory: OpenDirectory, items: readonly T[]): void {
    this.#levels.push({ directory, items, done: 0 });
  }

  /** Calls a function for each item with its directory, also for those that it adds by `enter`. */
  forEach(action: (directory: OpenDirectory, item: T) => void): void {
    try {
      for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) {
        if (level.done < level.items.length) {
          action(level.directory, level.items[level.done++]!);
        } else {
          this.#levels.pop();
          level.directory.close();
        }
      }
    } finally {
      for (const { directory } of this.#levels.splice(0)) directory.close();
    }
  }
}
