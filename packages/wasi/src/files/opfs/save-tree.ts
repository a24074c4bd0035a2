import { FileError } from '../file-error.ts';
import type { DirectoryNode, FileNode, MemoryNode } from '../memory/memory-nodes.ts';
import type { DirectoryHandle, FileHandle } from './directory-handle.ts';
import { handleError, isNotFound } from './handle-errors.ts';
import { entryPath, type SavedDirectory } from './saved-directory.ts';

/** A directory on the way, or a name that the directory no longer has. */
type Place = readonly [directory: SavedDirectory, path: string];

/**
 * Writes everything that has changed since it was read or written last. What cannot be written is left as it is, and
 * the rest is written all the same; the next call tries it again.
 *
 * Old names are removed at the end, so that a file that was moved is always under one of its names, even if the page is
 * closed meanwhile. Programs decide how deep a directory is, so the walk does not use the stack of JavaScript.
 *
 * @throws FileError with the path of the first entry that could not be written or removed
 */
export async function saveTree(root: SavedDirectory): Promise<void> {
  let failure: FileError | undefined;
  const attempt = async (what: string, path: string, action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      failure ??= handleError(what, path, error);
    }
  };
  const [left, visited]: [Place[], Place[]] = [[[root, '']], []];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    visited.push(next);
    const [directory, path] = next;
    // A program may go on meanwhile, and change the directory.
    for (const [name, node] of Array.from(directory.node.entries())) {
      const at = entryPath(path, name);
      await attempt('write', at, async () => {
        const entered = await saveEntry(directory, name, node);
        if (entered !== undefined) left.push([entered, at]);
      });
    }
  }
  for (const [directory, path] of visited)
    for (const name of Array.from(directory.entries.keys()))
      if (directory.node.get(name) === undefined)
        await attempt('remove', entryPath(path, name), () => removeEntry(directory, name));
  if (failure !== undefined) throw failure;
}

/** Saves a file or makes a directory. Returns the directory, whose entries are to be saved. */
async function saveEntry(
  into: SavedDirectory,
  name: string,
  node: MemoryNode,
): Promise<SavedDirectory | undefined> {
  const known = into.entries.get(name);
  if (known !== undefined && known.node.type !== node.type) await removeEntry(into, name);
  if (node.type === 'directory') return savedDirectory(into, name, node);
  if (node.type === 'symbolic-link') throw new FileError('unsupported', 'it is a symbolic link');
  if (known?.node !== node || !('version' in known) || known.version !== node.version)
    await saveFile(into, name, node);
  return undefined;
}

async function savedDirectory(
  into: SavedDirectory,
  name: string,
  node: DirectoryNode,
): Promise<SavedDirectory> {
  const known = into.entries.get(name);
  if (known?.node === node && 'handle' in known) return known;
  // What another directory of this name had is compared with what this one has.
  const saved: SavedDirectory =
    known !== undefined && 'handle' in known
      ? { ...known, node }
      : { handle: await into.handle.getDirectoryHandle(name, { create: true }), node, entries: new Map() };
  into.entries.set(name, saved);
  return saved;
}

async function saveFile({ handle, entries }: SavedDirectory, name: string, node: FileNode): Promise<void> {
  // A program that goes on meanwhile may change the file: its next version is saved next time.
  const { version } = node;
  const bytes = node.contents.slice();
  await writeFile(handle, name, bytes);
  entries.set(name, { node, version });
}

async function writeFile(
  directory: DirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const file = await directory.getFileHandle(name, { create: true });
  if (file.createWritable !== undefined) {
    // The file is replaced when the stream is closed, so that it always is the old or the new one.
    const writable = await file.createWritable();
    try {
      await writable.write(bytes);
      await writable.close();
    } catch (error) {
      await writable.abort().catch(() => {});
      throw error;
    }
  } else {
    await overwrite(file, bytes);
  }
}

/** Writes into a file in browsers that cannot replace it at once. */
async function overwrite(file: FileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (file.createSyncAccessHandle === undefined)
    throw new FileError('unsupported', 'this browser writes files in dedicated workers only');
  const access = await file.createSyncAccessHandle();
  try {
    access.truncate(0);
    if (access.write(bytes) < bytes.length) throw new FileError('quota', 'not all bytes were written');
    access.flush();
  } finally {
    access.close();
  }
}

async function removeEntry({ handle, entries }: SavedDirectory, name: string): Promise<void> {
  await handle.removeEntry(name, { recursive: true }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
  entries.delete(name);
}
