import type { DirectoryNode, FileNode } from '../memory/memory-nodes.ts';
import type { DirectoryHandle } from './directory-handle.ts';

/** A directory of the browser, and which nodes in memory its entries were when they were read or written last. */
export interface SavedDirectory {
  readonly handle: DirectoryHandle;
  readonly node: DirectoryNode;
  /** Names are keys of a map, so that none can be taken for a property. */
  readonly entries: Map<string, SavedDirectory | SavedFile>;
}

/** A version of a file that the browser has. */
interface SavedFile {
  readonly node: FileNode;
  readonly version: number;
}

/** The path of an entry, for messages. */
export function entryPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}
