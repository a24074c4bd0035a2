import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SourceFile } from '@wit-ts/diagnostics';
import { parse } from '../parse.ts';
import { isDirectory, mentionsIn, packageText, type PackageMention } from './packages-of-files.ts';
import { readRegularFile } from './read-regular-file.ts';

/** Limits for a search that may start in a folder with anything in it. */
const MAX_FILES = 200;
const MAX_FOLDERS = 400;
const MAX_ENTRIES = 200;
/** Longer files, in bytes, are not searched, and not more bytes than these in all. */
const MAX_BYTES = 1_000_000;
const MAX_BYTES_IN_ALL = 10_000_000;

/** How many levels of folders are searched in the input, beside it, and in a `deps/` above it. */
const DEPTH_INSIDE = 4;
const DEPTH_BESIDE = 3;
const DEPTH_DEPS = 2;
/** How many levels above the input a `deps/` is searched. */
const LEVELS_ABOVE = 4;

/** A `.wit` file near the input. */
export interface NearbyFile {
  readonly path: string;
  /** The name of its package as text; empty if it declares none. */
  readonly packageName: string;
  /** The names of the packages that are nested in it. */
  readonly nested: ReadonlySet<string>;
  /** The names of its interfaces and worlds. */
  readonly items: ReadonlySet<string>;
  readonly mentions: readonly PackageMention[];
}

/** Returns the `.wit` files in a directory, beside it, and in the `deps/` directories above it, nearest first. */
export function nearbyFiles(directory: string): NearbyFile[] {
  const search = new Search();
  search.folder(directory, DEPTH_INSIDE);
  // `dirname` would not lead out of `.`.
  search.folder(join(directory, '..'), DEPTH_BESIDE);
  for (const deps of placesAbove(directory)) search.folder(deps, DEPTH_DEPS);
  let bytes = 0;
  const files: NearbyFile[] = [];
  for (const path of search.paths) {
    bytes += sizeOf(path);
    if (bytes > MAX_BYTES_IN_ALL) break;
    files.push(...readNearby(path));
  }
  return files;
}

/** Longer files count nothing, because they are not read. */
function sizeOf(path: string): number {
  try {
    const { size } = statSync(path);
    return size > MAX_BYTES ? 0 : size;
  } catch {
    return 0;
  }
}

/** Returns the nearest `deps/` directory above a directory. */
export function depsAbove(directory: string): string | undefined {
  return placesAbove(directory).find(isDirectory);
}

function placesAbove(directory: string): string[] {
  return Array.from({ length: LEVELS_ABOVE }, (_, level) =>
    join(directory, ...Array.from({ length: level + 1 }, () => '..'), 'deps'),
  );
}

/** Returns the folders in a directory that contain `.wit` files, and the `.wit` files in its `deps/` directories. */
export function packagePaths(directory: string): string[] {
  const search = new Search();
  search.folder(directory, DEPTH_BESIDE);
  const found = new Set(search.paths.map((path) => (isDeps(dirname(path)) ? path : dirname(path))));
  return [...found].filter((path) => resolve(path) !== resolve(directory)).sort();
}

export function isDeps(path: string): boolean {
  return /(?:^|[\\/])deps$/u.test(resolve(path));
}

/** Returns the `.wit` files of a folder. */
export function filesOfFolder(folder: string): NearbyFile[] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.wit'))
    .flatMap((name) => readNearby(join(folder, name)));
}

/** Collects paths of `.wit` files, with those of near folders first. */
class Search {
  readonly paths: string[] = [];
  readonly #seen = new Set<string>();

  folder(path: string, depth: number): void {
    let level = [path];
    for (let left = depth; left >= 0 && level.length > 0; left -= 1)
      level = level.flatMap((at) => this.#visit(at));
  }

  /** Returns the folders in a folder. */
  #visit(path: string): string[] {
    const absolute = resolve(path);
    if (this.#seen.has(absolute) || this.#seen.size >= MAX_FOLDERS) return [];
    this.#seen.add(absolute);
    const folders: string[] = [];
    for (const name of namesIn(path)) {
      const inner = join(path, name);
      if (isDirectory(inner)) folders.push(inner);
      else if (name.endsWith('.wit') && this.paths.length < MAX_FILES) this.paths.push(inner);
    }
    return folders;
  }
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'target', 'dist']);

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => !name.startsWith('.') && !SKIPPED.has(name))
      .sort()
      .slice(0, MAX_ENTRIES);
  } catch {
    return [];
  }
}

function readNearby(path: string): NearbyFile[] {
  try {
    if (statSync(path).size > MAX_BYTES) return [];
    return [nearbyFile(new SourceFile(path, new TextDecoder().decode(readRegularFile(path))))];
  } catch {
    return [];
  }
}

export function nearbyFile(file: SourceFile): NearbyFile {
  const { value } = parse(file);
  const { header, items, packages } = value;
  const names = items.flatMap((item) => (item.tag === 'use' ? [] : [item.name.name]));
  return {
    path: file.path,
    packageName: header === undefined ? '' : packageText(header.name),
    nested: new Set(packages.map(({ name }) => packageText(name))),
    items: new Set(names),
    mentions: mentionsIn(value),
  };
}
