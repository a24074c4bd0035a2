import { MemoryDirectory } from '../memory/memory-directory.ts';
import { type MemoryOptions, MemoryVolume, type VolumeRules } from '../memory/memory-volume.ts';
import type { OpenDirectory } from '../node.ts';
import type { DirectoryHandle } from './directory-handle.ts';
import { loadTree } from './load-tree.ts';
import { saveTree } from './save-tree.ts';
import type { SavedDirectory } from './saved-directory.ts';

/** A directory of the browser that was read into memory, to be granted as a `host` directory. */
export interface OpfsDirectory extends OpenDirectory {
  /**
   * Writes everything that programs have changed into the directory of the browser. Nothing else writes there: what was
   * not saved is lost when the page is closed. It may be called while a program runs, and takes what is there by then.
   *
   * Each file is replaced at once, but not all of them together: when the page is closed meanwhile, some files are new
   * and others are old, and a file that was moved may be there twice. The content of a file that somebody else has
   * changed is overwritten if a program has changed the file, too; `navigator.locks` keeps pages apart.
   *
   * @throws FileError with the path of the first entry that could not be written, after all others were: `quota` if the
   *   browser grants no more space, `busy` if the file is open elsewhere
   */
  save(): Promise<void>;
}

/** Names with a backslash are those that browsers refuse, besides names that are none for programs either. */
const RULES: VolumeRules = { hasLinks: false, allows: (name) => !name.includes('\\') };

/**
 * Reads a directory of the Origin Private File System and everything in it into memory, and returns it as a directory
 * to be granted: `{ host: await opfsDirectory(handle), guest: '/data', write: true }`. Programs read and write the copy
 * in memory, because the functions of preview 1 and 0.2 are synchronous and most of those of the browser are not.
 * `save` writes back what they have changed. It works in pages and in workers.
 *
 * The limits of `options` hold for the directory as it is read, and for what programs make of it. It has no symbolic
 * links and no hard links: making one is `unsupported`. A name with a backslash is `invalid`. Times of files are those
 * of their last change when they were read; times that programs set are not saved.
 *
 * @param handle what `navigator.storage.getDirectory()` returns, or a directory in it
 * @throws FileError when something in it cannot be read; `insufficient-space` when it exceeds the limits
 */
export async function opfsDirectory(
  handle: DirectoryHandle,
  options: MemoryOptions = {},
): Promise<OpfsDirectory> {
  return new SavingDirectory(await loadTree(handle, new MemoryVolume(options, RULES)));
}

class SavingDirectory extends MemoryDirectory implements OpfsDirectory {
  readonly #saved: SavedDirectory;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(saved: SavedDirectory) {
    super(saved.node);
    this.#saved = saved;
  }

  save(): Promise<void> {
    // One after the other, because each begins with what the one before has written.
    const saving = this.#saving.then(() => saveTree(this.#saved));
    this.#saving = saving.catch(() => {});
    return saving;
  }
}
