import { FileError } from '../file-error.ts';
import { DirectoryNode, FileNode } from '../memory/memory-nodes.ts';
import type { MemoryVolume } from '../memory/memory-volume.ts';
import type { DirectoryHandle, FileHandle } from './directory-handle.ts';
import { handleError } from './handle-errors.ts';
import { entryPath, type SavedDirectory } from './saved-directory.ts';

/**
 * Reads a directory of the browser and everything in it into memory. Programs decide how deep a directory is, so the
 * walk does not use the stack of JavaScript.
 *
 * @throws FileError with the path of the entry that cannot be read, or does not fit into the volume
 */
export async function loadTree(handle: DirectoryHandle, volume: MemoryVolume): Promise<SavedDirectory> {
  const root: SavedDirectory = { handle, node: new DirectoryNode(volume), entries: new Map() };
  const left: [directory: SavedDirectory, path: string][] = [[root, '']];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [directory, path] = next;
    for (const [name, entry] of await entriesOf(directory.handle, path)) {
      const at = entryPath(path, name);
      try {
        if (entry.kind === 'file') await loadFile(directory, name, entry);
        else left.push([loadDirectory(directory, name, entry), at]);
      } catch (error) {
        throw handleError('read', at, error);
      }
    }
  }
  return root;
}

async function entriesOf(
  handle: DirectoryHandle,
  path: string,
): Promise<readonly [string, DirectoryHandle | FileHandle][]> {
  try {
    const entries: [string, DirectoryHandle | FileHandle][] = [];
    for await (const [name, entry] of handle.entries()) if (isHandle(entry)) entries.push([name, entry]);
    return entries;
  } catch (error) {
    throw handleError('list', path, error);
  }
}

/** A handle is what its kind says (File System Standard, section 2.4). */
function isHandle(entry: { readonly kind: string }): entry is DirectoryHandle | FileHandle {
  return entry.kind === 'directory' || entry.kind === 'file';
}

function loadDirectory(into: SavedDirectory, name: string, handle: DirectoryHandle): SavedDirectory {
  const node = new DirectoryNode(into.node.volume);
  into.node.add(name, node);
  const directory: SavedDirectory = { handle, node, entries: new Map() };
  into.entries.set(name, directory);
  return directory;
}

async function loadFile(into: SavedDirectory, name: string, handle: FileHandle): Promise<void> {
  const { volume } = into.node;
  const file = await handle.getFile();
  // Nothing is read of a file that does not fit.
  if (file.size > volume.room)
    throw new FileError('insufficient-space', `only ${volume.room} bytes are left`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const node = new FileNode(volume);
  into.node.add(name, node);
  if (bytes.length > 0) node.write(bytes, 0);
  const modified = BigInt(Math.trunc(file.lastModified)) * 1_000_000n;
  node.times.set({ accessed: modified, modified }, modified);
  into.entries.set(name, { node, version: node.version });
}
