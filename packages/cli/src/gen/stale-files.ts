import path from 'node:path';
import { isUntouched } from '@wit-ts/bindgen/seal';
import { subjectOf } from '../generated-files.ts';
import { withoutVersion, type Generation } from './generations.ts';
import { identityOf, type ManifestEntry } from './manifest.ts';
import type { OutputDirectory } from './output-directory.ts';

/**
 * Returns the generated files of a directory that no world needs any more. Files that were edited by hand are not among
 * them, nor are files that a remaining file imports.
 *
 * @param others the worlds of the directory that are not generated now
 */
export function staleFiles(
  directory: OutputDirectory,
  generations: readonly Generation[],
  others: readonly ManifestEntry[],
): string[] {
  const needed = new Map<string, string>();
  for (const { files } of generations) for (const file of files) needed.set(lower(file.path), file.content);
  for (const { files } of others)
    for (const file of files) needed.set(lower(file), directory.files.get(file) ?? '');
  const unneeded = [...directory.files].filter(
    ([name, text]) => !needed.has(lower(name)) && isUntouched(text),
  );
  const known = new Set(directory.entries.flatMap(({ files }) => files));
  const stale = new Set<string>();
  const unknown: [name: string, text: string][] = [];
  for (const [name, text] of unneeded) {
    if (known.has(name)) stale.add(name);
    else unknown.push([name, text]);
  }
  for (const name of staleWithoutManifest(unknown, generations)) stale.add(name);
  if (stale.size === 0) return [];

  const remaining = [...directory.files].filter(([name]) => !needed.has(lower(name)) && !stale.has(name));
  const reached = importedBy([...needed, ...remaining], directory.files);
  return [...stale].filter((name) => !reached.has(name));
}

/**
 * Returns the stale files among those that no manifest names: an earlier version wrote them, or the manifest is lost.
 * The first line of a file then says where it belongs.
 */
function staleWithoutManifest(
  unknown: readonly (readonly [name: string, text: string])[],
  generations: readonly Generation[],
): string[] {
  const current = new Set(generations.map(identityOf));
  const isOurs = ([name, text]: readonly [string, string]): boolean => {
    const world = withoutVersion(subjectOf(text) ?? '');
    if (current.has(identityOf({ side: name.endsWith('.d.ts') ? 'guest' : 'host', world }))) return true;
    return !name.includes('/') && generations.some((each) => isGoneFrom(each, world));
  };
  const roots = unknown.filter(([name]) => !name.includes('/'));
  const hasOthers = roots.some((root) => !isOurs(root));
  return unknown
    .filter((file) => isOurs(file) || (!hasOthers && file[0].includes('/')))
    .map(([name]) => name);
}

/** Returns true if a name is that of a world that a generated package had, and has no more. */
function isGoneFrom({ world, worldsOfInput }: Generation, name: string): boolean {
  return name.includes('/') && packageOf(name) === packageOf(world) && !worldsOfInput.all.has(name);
}

/** Returns the files that files import, directly or by way of others. */
function importedBy(
  files: readonly (readonly [name: string, text: string])[],
  texts: ReadonlyMap<string, string>,
): Set<string> {
  const reached = new Set<string>();
  const visit = [...files];
  for (const [name, text] of visit) {
    for (const [, target = ''] of text.matchAll(IMPORT)) {
      const imported = path.posix.join(path.posix.dirname(name), target);
      // A host imports `.js`, `.ts` or no extension, and a guest refers to `.d.ts`.
      const file = imported.endsWith('.d.ts') ? imported : `${imported.replace(/\.[jt]s$/u, '')}.ts`;
      const found = texts.get(file);
      if (found === undefined || reached.has(file)) continue;
      reached.add(file);
      visit.push([file, found]);
    }
  }
  return reached;
}

const IMPORT = /(?:\bfrom |<reference path=)['"](\.{1,2}\/[^'"\n]+)['"]/gu;

/** Some file systems ignore case, so that two spellings may be one file. */
function lower(name: string): string {
  return name.toLowerCase();
}

function packageOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}
