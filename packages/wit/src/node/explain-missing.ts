import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SourceFile, type Diagnostic } from '@wit-ts/diagnostics';
import { packageNameText } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { parse } from '../parse.ts';
import { toPackageName } from '../resolve/source-packages.ts';
import { readRegularFile } from './read-regular-file.ts';

/** The greatest number of files near the input that are read to find what is missing. */
const MAX_FILES = 100;
/** Longer files, in bytes, are not searched. */
const MAX_BYTES = 1_000_000;

/** A `.wit` file near the input. */
interface NearbyFile {
  readonly path: string;
  /** The name of its package as text; empty if it declares none. */
  readonly packageName: string;
  /** The names of its interfaces and worlds. */
  readonly items: ReadonlySet<string>;
}

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

class Explainer {
  readonly #path: string;
  /** The directory of the package. */
  readonly #directory: string;
  #nearby: readonly NearbyFile[] | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#directory = isDirectory(path) ? path : dirname(path);
  }

  help({ code, message, span, help, related }: Diagnostic): string | undefined {
    if (span === undefined) return undefined;
    const text = span.file.text.slice(span.start, span.end).replace(/\s/gu, '');
    // The span of a mention of a package does not include the version.
    const name = /^package `([^`]*)`/u.exec(message)?.[1];
    if (code === 'unknown-package') return name === undefined ? undefined : this.#packageHelp(name, help);
    if (code === 'unknown-interface' || code === 'unknown-world') return this.#itemHelp(text, span.file);
    if (code === 'duplicate-package')
      return duplicateHelp(text, span.file.path, related?.[0]?.span.file.path);
    return undefined;
  }

  #packageHelp(name: string, help: string | undefined): string {
    const deps = join(this.#directory, 'deps');
    const file = this.#files().find(({ packageName }) => packageName === name);
    if (file !== undefined) {
      const parent = dirname(file.path);
      // A folder with only this package moves as a whole; a file beside the input moves alone.
      const source = parent === this.#directory ? file.path : parent;
      return `\`${source}\` has it, but packages are looked for in \`${deps}\`: copy it to \`${join(deps, basename(source))}\``;
    }
    const isThere = existsSync(deps) ? '' : ', which does not exist';
    const searched = `packages are looked for in \`${deps}\`${isThere}: put \`${name}\` there as a directory or a \`.wit\` file`;
    // Help that names an existing package is worth more than the list of known ones.
    return help !== undefined && /did you mean|exists?:/u.test(help) ? `${help}; ${searched}` : searched;
  }

  /** Suggests the directory if another file of the same package defines the name. */
  #itemHelp(name: string, from: SourceFile): string | undefined {
    if (from.path !== this.#path) return undefined;
    const own = fileOf(from.path, from.text).packageName;
    const file = this.#files().find(
      ({ path, packageName, items }) =>
        dirname(path) === this.#directory &&
        path !== this.#path &&
        (packageName === own || packageName === '' || own === '') &&
        items.has(name.replace(/^%/u, '')),
    );
    if (file === undefined) return undefined;
    return `\`${file.path}\` has one, but only one file was read: pass the directory \`${this.#directory}\`, whose files are one package`;
  }

  /** Returns the files in the directory of the package, in the folders beside it and in its own folders. */
  #files(): readonly NearbyFile[] {
    if (this.#nearby !== undefined) return this.#nearby;
    // `dirname` would not lead out of `.`.
    const parent = join(this.#directory, '..');
    const folders = [
      ...foldersIn(this.#directory),
      ...(parent === this.#directory ? [] : [...foldersIn(parent), ...foldersIn(join(parent, 'deps'))]),
    ].filter((folder) => resolve(folder) !== resolve(this.#directory));
    const paths = [this.#directory, join(parent, 'deps'), ...folders].flatMap(witFilesIn).slice(0, MAX_FILES);
    return (this.#nearby = paths.flatMap((path) => readNearby(path)));
  }
}

/** The files of one package, put singly into `deps/`, look like several packages of one name. */
function duplicateHelp(name: string, path: string, other: string | undefined): string | undefined {
  if (other === undefined || other === path) return undefined;
  const deps = dirname(path);
  if (basename(deps) !== 'deps' || dirname(other) !== deps) return undefined;
  const folder = /:([^@]*)/u.exec(name)?.[1] ?? name;
  return `each file in \`${deps}\` is a package: put the files of \`${name}\` into one directory, \`${join(deps, folder)}\``;
}

/** Says which packages the `deps/` of a directory without `.wit` files has; `undefined` if there are none. */
export function emptyDirectoryHelp(path: string): string | undefined {
  const deps = join(path, 'deps');
  const paths = [...foldersIn(deps).filter((folder) => witFilesIn(folder).length > 0), ...witFilesIn(deps)];
  if (paths.length === 0) return undefined;
  const shown = paths.slice(0, 8).map((found) => `\`${found}\``);
  return `its \`deps/\` has packages: pass one of them, ${shown.join(' or ')}`;
}

function foldersIn(path: string): string[] {
  return namesIn(path)
    .map((name) => join(path, name))
    .filter(isDirectory);
}

function witFilesIn(path: string): string[] {
  return namesIn(path)
    .filter((name) => name.endsWith('.wit'))
    .map((name) => join(path, name))
    .filter((file) => !isDirectory(file));
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => !name.startsWith('.') && name !== 'node_modules')
      .sort()
      .slice(0, MAX_FILES);
  } catch {
    return [];
  }
}

function readNearby(path: string): NearbyFile[] {
  try {
    if (statSync(path).size > MAX_BYTES) return [];
    return [fileOf(path, new TextDecoder().decode(readRegularFile(path)))];
  } catch {
    return [];
  }
}

function fileOf(path: string, text: string): NearbyFile {
  const { header, items }: ast.Ast = parse(new SourceFile(path, text)).value;
  const packageName = header === undefined ? '' : packageNameText(toPackageName(header.name));
  const names = items.flatMap((item) => (item.tag === 'use' ? [] : [item.name.name]));
  return { path, packageName, items: new Set(names) };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
