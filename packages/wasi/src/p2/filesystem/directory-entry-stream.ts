import type { DirectoryEntry as Entry, NodeType } from '../../files/node.ts';

/** `directory-entry` of `wasi:filesystem/types`. */
interface DirectoryEntry {
  type: NodeType;
  name: string;
}

/** `directory-entry-stream` of `wasi:filesystem/types`: the names that a directory had when the stream was made. */
export class DirectoryEntryStream {
  #rest: Iterator<Entry>;

  constructor(entries: readonly Entry[]) {
    this.#rest = entries.values();
  }

  readDirectoryEntry(): DirectoryEntry | undefined {
    const next = this.#rest.next();
    return next.done === true ? undefined : { type: next.value.type, name: next.value.name };
  }
}
