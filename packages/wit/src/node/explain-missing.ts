import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic, Span } from '@wit-ts/diagnostics';
import {
  depsAbove,
  filesOfFolder,
  isDeps,
  nearbyFile,
  nearbyFiles,
  packagePaths,
  type NearbyFile,
} from './nearby-files.ts';
import { isDirectory } from './packages-of-files.ts';
import {
  isFolderOf,
  copyToDeps,
  folderIn,
  isSame,
  moveToDeps,
  ownerOf,
  type Move,
} from './package-places.ts';

/**
 * Adds to diagnostics about missing packages and items where they were looked for, where they are if they lie near
 * the input, and how to fix that. Reads files only if something is missing.
 *
 * @param path the file or directory that was loaded
 */
export function explainMissing(path: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const explainer = new Explainer(path);
  return diagnostics.map((diagnostic) => {
    const help = explainer.help(diagnostic);
    return help === undefined ? diagnostic : { ...diagnostic, help };
  });
}

/** Adds to diagnostics about missing packages how a text that has no place in a directory gets them. */
export function explainMissingInText(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { code, message, help } = diagnostic;
    const name = /^package `([^`]*)`/u.exec(message)?.[1];
    if (code !== 'unknown-package' || name === undefined) return diagnostic;
    const how = `put \`package ${name} { … }\` into the text, or pass the path of a file or directory with \`deps/\``;
    return { ...diagnostic, help: isWorthKeeping(help) ? `${help}; ${how}` : how };
  });
}

/** Help that names an existing package is worth more than the list of known ones. */
function isWorthKeeping(help: string | undefined): boolean {
  return help !== undefined && /did you mean|exists?:/u.test(help);
}

class Explainer {
  readonly #path: string;
  /** Whether one file was read, and not a directory. */
  readonly #isFile: boolean;
  /** The directory of the package. */
  readonly #directory: string;
  readonly #deps: string;
  #nearby: readonly NearbyFile[] | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#isFile = !isDirectory(path);
    this.#directory = this.#isFile ? dirname(path) : path;
    this.#deps = depsOf(this.#isFile ? [path, this.#directory] : [path]) ?? join(this.#directory, 'deps');
  }

  help({ code, message, span, help, related }: Diagnostic): string | undefined {
    if (span === undefined) return undefined;
    const text = textOf(span);
    switch (code) {
      case 'unknown-package': {
        // The span of a mention of a package does not include the version.
        const name = /^package `([^`]*)`/u.exec(message)?.[1];
        return name === undefined ? undefined : this.#packageHelp(name, help);
      }
      case 'unknown-interface':
      case 'unknown-world': {
        const item = text.replace(/^%/u, '');
        const foreign = /^package `([^`]*)` has no/u.exec(message)?.[1];
        return foreign === undefined
          ? this.#itemHelp(item, span)
          : this.#foreignItemHelp(foreign, item, related?.[0]?.span.file.path);
      }
      case 'missing-package':
        return this.#headerHelp(span);
      case 'duplicate-package':
        return this.#duplicateHelp(text.replaceAll('%', ''), span, related?.[0]?.span);
      case 'conflicting-package':
        return this.#conflictHelp(span, related?.[0]?.span);
      default:
        return undefined;
    }
  }

  #packageHelp(name: string, help: string | undefined): string {
    const copied = copyToDeps(name, this.#deps, this.#files());
    if (copied !== undefined) return this.#copyHelp(copied, 'it');
    const above = existsSync(this.#deps) ? undefined : depsAbove(this.#directory);
    const isThere = existsSync(this.#deps) ? '' : ', which does not exist';
    const notThere = above === undefined ? '' : `, and not in \`${above}\``;
    const searched = `packages are looked for in \`${this.#deps}\`${isThere}${notThere}: put \`${name}\` there as a directory or a \`.wit\` file`;
    if (isWorthKeeping(help)) return `${help}; ${searched}`;
    return this.#otherVersion(name) ?? searched;
  }

  #copyHelp({ paths, target }: Move, what: string): string {
    const [has, it] = paths.length === 1 ? ['has', 'it'] : ['have', 'them'];
    return `${list(paths)} ${has} ${what}, but packages are looked for in \`${this.#deps}\`: copy ${it} to \`${target}\``;
  }

  /** Names a version of the package that lies near. */
  #otherVersion(name: string): string | undefined {
    const [unversioned] = name.split('@');
    const other = this.#files().find(
      ({ packageName }) => packageName !== name && packageName.split('@')[0] === unversioned,
    );
    const copied = other && copyToDeps(other.packageName, this.#deps, this.#files());
    if (copied === undefined) return undefined;
    return `${this.#copyHelp(copied, `\`${other!.packageName}\``)}, and write the version that it has`;
  }

  /** Finds an interface or world in a file that was not read as a part of the same package. */
  #itemHelp(name: string, { file: from }: Span): string | undefined {
    const own = nearbyFile(from);
    if (own.items.has(name) || !own.path.endsWith('.wit')) return undefined;
    const has = (other: NearbyFile): boolean =>
      other.path !== own.path && areOnePackage(other, own) && other.items.has(name);
    const folder = dirname(from.path);
    const beside = filesOfFolder(folder).find(has);
    if (beside !== undefined && isSame(from.path, this.#path))
      return `\`${beside.path}\` has one, but only one file was read: pass the directory \`${folder}\`, whose files are one package`;
    if (beside !== undefined && isDeps(folder)) return gather(folder, [own, beside]);
    if (!isSame(folder, this.#directory)) return this.#foreignItemHelp(own.packageName, name, from.path);
    const inside = this.#files().find((file) => has(file) && this.#isInFolderOf(file, folder));
    if (inside === undefined) return undefined;
    return `\`${inside.path}\` has one, but only the files in \`${folder}\` itself are the package: move it to \`${join(folder, basename(inside.path))}\``;
  }

  /**
   * Finds an interface or world of another package in a file that does not lie with the others of that package.
   *
   * @param known a file of the package that was read
   */
  #foreignItemHelp(name: string, item: string, known: string | undefined): string | undefined {
    if (known === undefined || name === '') return undefined;
    const folder = dirname(known);
    const file = this.#files().find(
      ({ path, packageName, items }) =>
        packageName === name && items.has(item) && !isSame(dirname(path), folder),
    );
    if (file === undefined) return undefined;
    if (isDeps(folder)) {
      const beside = filesOfFolder(folder).filter(({ packageName }) => packageName === name);
      return gather(folder, [...beside, file]);
    }
    return `\`${file.path}\` has one, but \`${name}\` was read from \`${folder}\`: copy it to \`${join(folder, basename(file.path))}\``;
  }

  /** Whether a file lies in a folder of a directory that is not a directory of dependencies. */
  #isInFolderOf({ path }: NearbyFile, directory: string): boolean {
    return (
      isFolderOf(directory, dirname(path)) &&
      !isSame(dirname(path), directory) &&
      !/[\\/]deps[\\/]/u.test(path)
    );
  }

  /** Finds the file that declares the package. */
  #headerHelp({ file }: Span): string | undefined {
    const folder = dirname(file.path);
    const others = filesOfFolder(folder).filter(
      ({ path, packageName }) => path !== file.path && packageName !== '',
    );
    const [first] = others;
    if (first === undefined) return undefined;
    if (isSame(file.path, this.#path) && !isDeps(folder))
      return `\`${first.path}\` declares \`package ${first.packageName};\`, but only one file was read: pass the directory \`${folder}\`, whose files are one package`;
    if (!isDeps(folder)) return undefined;
    const own = nearbyFile(file);
    const named = this.#files().filter(
      ({ path, packageName }) => packageName !== '' && isDependency(path, folder),
    );
    const owner = ownerOf(own, named, [...this.#files(), ...filesOfFolder(this.#directory)]);
    const each = `each file in \`${folder}\` is a package`;
    if (owner === undefined)
      return `${each}: add \`package namespace:name;\` as the first line, or put it into one directory with the other files of its package`;
    const beside = others.filter(({ packageName }) => packageName === owner);
    if (beside.length > 0) return gather(folder, [own, ...beside]);
    const home = dirname(named.find(({ packageName }) => packageName === owner)!.path);
    return `${each}, and \`${file.path}\` belongs to \`${owner}\`: move \`${file.path}\` to \`${join(home, basename(file.path))}\``;
  }

  /** The files of one package, put singly into `deps/`, look like several packages of one name. */
  #duplicateHelp(name: string, { file }: Span, other: Span | undefined): string | undefined {
    const folder = dirname(file.path);
    if (other === undefined || other.file === file || !isDeps(folder)) return undefined;
    if (!isSame(dirname(other.file.path), folder)) return undefined;
    const files = filesOfFolder(folder);
    const owned = files.filter(({ packageName }) => packageName === name);
    return owned.length < 2 ? undefined : gather(folder, owned);
  }

  /** Of two packages in one directory, the one that the other mentions is its dependency. */
  #conflictHelp({ file }: Span, other: Span | undefined): string | undefined {
    if (other === undefined || !isSame(dirname(file.path), dirname(other.file.path))) return undefined;
    const [here, there] = [nearbyFile(file), nearbyFile(other.file)];
    const moved = here.mentions.some(({ packageName }) => packageName === there.packageName) ? there : here;
    const folder = dirname(file.path);
    const deps = isDeps(dirname(resolve(folder))) ? dirname(folder) : join(folder, 'deps');
    const { paths, target } = moveToDeps(moved, deps, [...this.#files(), ...filesOfFolder(folder)]);
    return `the files of one directory are one package: move ${list(paths)} to \`${target}\``;
  }

  #files(): readonly NearbyFile[] {
    // What lies in the right place already was read, and whatever is wrong with it is another diagnostic.
    return (this.#nearby ??= nearbyFiles(this.#directory).filter((file) => !this.#isMain(file)));
  }

  #isMain({ path }: NearbyFile): boolean {
    return this.#isFile ? isSame(path, this.#path) : isSame(dirname(path), this.#directory);
  }
}

/** Says which packages lie in the folders of a directory without `.wit` files; `undefined` if there are none. */
export function emptyDirectoryHelp(path: string): string | undefined {
  const paths = packagePaths(path);
  if (paths.length === 0) return undefined;
  const isOnlyDeps = paths.every((found) => isFolderOf(join(path, 'deps'), found));
  const more = paths.length > SHOWN ? ` or ${paths.length - SHOWN} more` : '';
  const shown = paths.slice(0, SHOWN).map((found) => `\`${found}\``);
  const what = isOnlyDeps ? 'its `deps/` has packages' : 'its folders have packages';
  return `${what}: pass one of them, ${shown.join(' or ')}${more}`;
}

const SHOWN = 8;

/** The `deps/` directory in which one of the paths lies. Packages in it find each other there. */
function depsOf(paths: readonly string[]): string | undefined {
  const path = paths.find((found) => isDeps(dirname(resolve(found))));
  return path === undefined ? undefined : join(path, '..');
}

/** The files of one package that lie singly in `deps/`. */
function gather(deps: string, files: readonly NearbyFile[]): string {
  const name = files.map(({ packageName }) => packageName).find((found) => found !== '') ?? 'package';
  const paths = [...new Set(files.map(({ path }) => path))].sort();
  return `each file in \`${deps}\` is a package: put the files of \`${name}\`, ${list(paths)}, into one directory, \`${folderIn(deps, name)}\``;
}

/** Whether a file is a package in a `deps/` directory, or lies in the folder of one. */
function isDependency(path: string, deps: string): boolean {
  return isSame(dirname(path), deps) || isSame(dirname(dirname(path)), deps);
}

function areOnePackage(a: NearbyFile, b: NearbyFile): boolean {
  return a.packageName === b.packageName || a.packageName === '' || b.packageName === '';
}

function textOf({ file, start, end }: Span): string {
  return file.text.slice(start, end).replace(/\s/gu, '');
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, SHOWN).map((path) => `\`${path}\``);
  if (paths.length > SHOWN) return `${shown.join(', ')} and ${paths.length - SHOWN} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
