import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { filesOfFolder, isDeps, type NearbyFile } from './nearby-files.ts';

/** Files or a folder that have to be brought to another place. The place ends with a separator if it is a folder. */
export interface Move {
  readonly paths: readonly string[];
  readonly target: string;
}

/**
 * Returns what of the files nearby has to be copied into `deps/` for a package to be found; `undefined` if the package
 * is not near, or if it lies there already.
 */
export function copyToDeps(name: string, deps: string, nearby: readonly NearbyFile[]): Move | undefined {
  const file =
    nearby.find(({ packageName }) => packageName === name) ?? nearby.find(({ nested }) => nested.has(name));
  if (file === undefined) return undefined;
  const folder = dirname(file.path);
  const isInPlace = isSame(folder, deps) || isSame(dirname(resolve(folder)), deps);
  const isAlone = packagesIn(folder).size === 1;
  // It was read, and whatever is wrong with it is another diagnostic.
  if (isInPlace && isAlone) return undefined;
  // A folder with only this package moves as a whole, unless the target is in it.
  if (isAlone && !isDeps(folder) && !isFolderOf(folder, deps))
    return { paths: [folder], target: freePath(deps, basename(resolve(folder)), file.packageName, '') };
  return moveToDeps(file, deps, nearby);
}

/** Returns how the files of one package in a folder move into `deps/`: one as it is, several as a folder. */
export function moveToDeps(file: NearbyFile, deps: string, nearby: readonly NearbyFile[]): Move {
  const paths = filesOfPackage(dirname(file.path), file.packageName, nearby);
  const target =
    paths.length === 1
      ? freePath(deps, basename(file.path), file.packageName, '.wit')
      : join(freePath(deps, folderName(file.packageName), file.packageName, ''), sep);
  return { paths, target };
}

/** The files of a package in a folder that may have several packages, with files that name none. */
function filesOfPackage(folder: string, name: string, nearby: readonly NearbyFile[]): string[] {
  const files = filesOfFolder(folder);
  const named = files.filter(({ packageName }) => packageName !== '');
  return files
    .filter((file) => (file.packageName === '' ? ownerOf(file, named, nearby) : file.packageName) === name)
    .map(({ path }) => path);
}

function packagesIn(folder: string): Set<string> {
  return new Set(filesOfFolder(folder).flatMap(({ packageName }) => packageName || []));
}

/**
 * Returns the package to which a file without a name belongs: the one that it mentions parts of, or that lacks its
 * parts. `undefined` if several could be meant.
 *
 * @param named files with names
 * @param nearby all files that may mention parts of packages
 */
export function ownerOf(
  file: NearbyFile,
  named: readonly NearbyFile[],
  nearby: readonly NearbyFile[],
): string | undefined {
  const names = [...new Set(named.map(({ packageName }) => packageName))];
  const owners = names.filter((name) => {
    const ofName = named.filter(({ packageName }) => packageName === name);
    const items = new Set(ofName.flatMap((other) => [...other.items]));
    const isPartOfFile = (item: string): boolean => file.items.has(item) && !items.has(item);
    const lacksItsParts = [...ofName, ...nearby].some(({ packageName, mentions }) =>
      mentions.some(
        (one) =>
          (one.packageName === name || (one.packageName === '' && packageName === name)) &&
          isPartOfFile(one.item),
      ),
    );
    return (
      lacksItsParts ||
      file.mentions.some((one) => one.packageName === '' && !file.items.has(one.item) && items.has(one.item))
    );
  });
  const found = owners.length === 0 ? names : owners;
  return found.length === 1 ? found[0] : undefined;
}

/** A path in `deps/` that nothing has yet. @param wanted the name that it gets if it is free */
function freePath(deps: string, wanted: string, packageName: string, extension: string): string {
  const full = fullName(packageName);
  const names = [wanted, `${full}${extension}`, `${full}-2${extension}`];
  return join(deps, names.find((name) => !existsSync(join(deps, name))) ?? `${full}-3${extension}`);
}

/** The folder of a package in `deps/`: one that it has already, or a new one. */
export function folderIn(deps: string, packageName: string): string {
  const names = [folderName(packageName), fullName(packageName)];
  const isOwn = (name: string): boolean => [...packagesIn(join(deps, name))].join('') === packageName;
  const own = names.find(isOwn);
  return own === undefined ? freePath(deps, folderName(packageName), packageName, '') : join(deps, own);
}

/** `io` for `wasi:io@0.2.0`. */
function folderName(packageName: string): string {
  return fullName(/:([^@]*)/u.exec(packageName)?.[1] ?? packageName);
}

/** `wasi-io-0.2.0` for `wasi:io@0.2.0`. */
function fullName(packageName: string): string {
  return packageName.replaceAll(/[^\w.+-]/gu, '-');
}

export function isSame(a: string, b: string): boolean {
  return resolve(a) === resolve(b);
}

/** Whether a path is the folder or lies in it. */
export function isFolderOf(folder: string, path: string): boolean {
  const [outer, inner] = [resolve(folder), resolve(path)];
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}
