import { statSync } from 'node:fs';
import { packageNameText } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { mentions } from '../resolve/mentions.ts';
import { toPackageName } from '../resolve/source-packages.ts';

/** A mention of an interface or world in a path. */
export interface PackageMention {
  /** The name of its package as text; empty if the path names none. */
  readonly packageName: string;
  readonly item: string;
}

/** Returns what a file mentions of packages. */
export function mentionsIn({ items, packages }: ast.Ast): PackageMention[] {
  return [items, ...packages.map((block) => block.items)].flatMap(mentions).map(({ path }) => ({
    packageName: path.package === undefined ? '' : packageText(path.package),
    item: path.name.name,
  }));
}

/** The names of the packages that files declare, and of those that they mention. */
interface PackagesOfFiles {
  readonly names: ReadonlySet<string>;
  readonly mentions: ReadonlySet<string>;
}

export function packagesOf(files: readonly ast.Ast[]): PackagesOfFiles {
  const names = files.flatMap(({ header, packages }) =>
    [...(header === undefined ? [] : [header]), ...packages].map(({ name }) => packageText(name)),
  );
  const mentioned = files.flatMap(mentionsIn).flatMap(({ packageName }) => packageName || []);
  return { names: new Set(names), mentions: new Set(mentioned) };
}

/** Returns the name of a package as text. */
export function packageText(name: ast.PackageNameNode): string {
  return packageNameText(toPackageName(name));
}

export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
