import type { DirectoryDescriptor } from '../files/descriptor.ts';
import { fail } from './errno.ts';
import type { Opened, OpenedDirectory, OpenedFile } from './opened.ts';

/**
 * The descriptors of a program by their numbers. A new one gets the lowest free number. How many there may be is the
 * limit of the directories, which open all but the first ones.
 */
export class DescriptorTable {
  readonly #opened: (Opened | undefined)[] = [];
  /** No number below this one is free. */
  #lowest = 0;

  add(opened: Opened): number {
    let number = this.#lowest;
    while (this.#opened[number] !== undefined) number += 1;
    this.#opened[number] = opened;
    this.#lowest = number + 1;
    return number;
  }

  /**
   * Returns what a number stands for. Ends the call with `badf` if it stands for nothing, or for the `/` that refuses
   * every path: a program must not depend on whether its host wants to hear of refusals.
   */
  get(number: number): Opened {
    const opened = this.getForPaths(number);
    return opened.kind === 'directory' && opened.refuses ? fail('badf') : opened;
  }

  /** Does the same, and also returns the `/` that refuses every path. It serves what libc does to ask for a path. */
  getForPaths(number: number): Opened {
    return this.#opened[number >>> 0] ?? fail('badf');
  }

  /** Returns an open file. Ends the call with `spipe` for a standard stream, which has no positions. */
  file(number: number): OpenedFile {
    const opened = this.get(number);
    if (opened.kind === 'file') return opened;
    fail(opened.kind === 'directory' ? 'badf' : 'spipe');
  }

  /** Returns an open directory. Ends the call with `notdir` for anything else. */
  directory(number: number): OpenedDirectory {
    const opened = this.get(number);
    return opened.kind === 'directory' ? opened : fail('notdir');
  }

  /** Returns the directory that a path is relative to. */
  directoryForPaths(number: number): DirectoryDescriptor {
    const opened = this.getForPaths(number);
    return opened.kind === 'directory' ? opened.descriptor : fail('notdir');
  }

  close(number: number): void {
    const opened = this.get(number);
    this.#free(number >>> 0);
    opened.close();
  }

  /** Gives what `from` stands for the number `to`, and closes what that stood for. */
  renumber(from: number, to: number): void {
    const [moved, replaced] = [this.get(from), this.get(to)];
    if (moved === replaced) return;
    this.#opened[to >>> 0] = moved;
    this.#free(from >>> 0);
    replaced.close();
  }

  /** Closes what the program has opened and left open. Standard streams and preopened directories are not its own. */
  closeOpened(): void {
    for (const [number, opened] of this.#opened.entries()) {
      if (opened?.kind !== 'file' && (opened?.kind !== 'directory' || opened.preopened !== undefined))
        continue;
      this.#free(number);
      opened.close();
    }
  }

  #free(number: number): void {
    this.#opened[number] = undefined;
    if (number < this.#lowest) this.#lowest = number;
  }
}
