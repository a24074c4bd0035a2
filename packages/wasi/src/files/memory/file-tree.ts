import { checkName, checkPath } from '../sandbox/guest-path.ts';
import { FileError } from '../file-error.ts';
import type { DirectoryEntry, OpenDirectory } from '../node.ts';
import { DirectoryStack } from './directory-stack.ts';

/** A symbolic link in a tree of files. */
export class SymbolicLink {
  readonly target: string;

  constructor(target: string) {
    this.target = target;
  }
}

/** Directories and files as plain data: names with contents, symbolic links, or further directories. */
export interface FileTree {
  readonly [name: string]: string | Uint8Array | SymbolicLink | FileTree;
}

/** The same as it is read back: files are bytes, and objects have no prototype, so every name is only a name. */
export interface ReadFileTree {
  readonly [name: string]: Uint8Array<ArrayBuffer> | SymbolicLink | ReadFileTree;
}

const NEW_FILE = { read: true, write: true, create: true, exclusive: true, truncate: false } as const;
const FOR_READING = { read: true, write: false, create: false, exclusive: false, truncate: false } as const;

/**
 * Writes a tree of files into a directory. Text is written as UTF-8.
 *
 * @throws TypeError for a name that is not a single component of a path, or a value of another type
 * @throws FileError `exist` for a name that the directory has already, `insufficient-space`
 */
export function writeTree(directory: OpenDirectory, tree: FileTree): void {
  const depth = new DirectoryStack(directory.reopen(), Object.entries(tree));
  depth.forEach((into, [name, value]) => {
    checkTreeName(name);
    if (typeof value === 'string') writeFile(into, name, new TextEncoder().encode(value));
    else if (value instanceof Uint8Array) writeFile(into, name, value);
    else if (value instanceof SymbolicLink) into.makeSymbolicLink(value.target, name);
    else if (typeof value === 'object' && value !== null) {
      into.makeDirectory(name);
      depth.enter(into.openDirectory(name), Object.entries(value));
    } else throw new TypeError(`\`${name}\`: a file is a string or a Uint8Array`);
  });
}

/**
 * Reads everything in a directory. A file with several names is read once, and has the same bytes under each. What is
 * neither a file, nor a directory, nor a symbolic link is left out.
 */
export function readTree(directory: OpenDirectory): ReadFileTree {
  const root = emptyTree();
  const linked = new Map<string, Uint8Array<ArrayBuffer>>();
  const depth = new DirectoryStack(directory.reopen(), entriesOf(directory, root));
  depth.forEach((from, { name, type, tree }) => {
    if (type === 'directory') {
      const inner = emptyTree();
      tree[name] = inner;
      const opened = from.openDirectory(name);
      depth.enter(opened, entriesOf(opened, inner));
    } else if (type === 'symbolic-link') {
      tree[name] = new SymbolicLink(from.readLink(name));
    } else if (type === 'regular-file') {
      tree[name] = readFile(from, name, linked);
    }
  });
  return root;
}

/** What a directory has, with the object that its contents go to. */
function entriesOf(
  directory: OpenDirectory,
  tree: Record<string, ReadFileTree[string]>,
): readonly (DirectoryEntry & { readonly tree: Record<string, ReadFileTree[string]> })[] {
  return directory.entries(false).map((entry) => ({ ...entry, tree }));
}

function emptyTree(): Record<string, ReadFileTree[string]> {
  return Object.create(null) as Record<string, ReadFileTree[string]>;
}

function checkTreeName(name: string): void {
  try {
    checkPath(name);
    checkName(name);
    if (name !== '.' && name !== '..' && !name.includes('/')) return;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new TypeError(`\`${name}\` is not the name of a file: ${error.message}`, { cause: error });
  }
  throw new TypeError(`\`${name}\` is not the name of a file: write directories as objects`);
}

function writeFile(directory: OpenDirectory, name: string, bytes: Uint8Array): void {
  const file = directory.openFile(name, NEW_FILE);
  try {
    const written = bytes.length === 0 ? 0 : file.write(bytes, 0);
    if (written < bytes.length) throw new FileError('insufficient-space', `\`${name}\` does not fit`);
  } finally {
    file.close();
  }
}

function readFile(
  directory: OpenDirectory,
  name: string,
  linked: Map<string, Uint8Array<ArrayBuffer>>,
): Uint8Array<ArrayBuffer> {
  const file = directory.openFile(name, FOR_READING);
  try {
    const { device, inode, links, size } = file.stat();
    const key = `${device}:${inode}`;
    const known = linked.get(key);
    if (known !== undefined) return known;
    const room = new Uint8Array(Number(size));
    const bytes = room.subarray(0, file.read(room, 0));
    if (links > 1n) linked.set(key, bytes);
    return bytes;
  } finally {
    file.close();
  }
}
