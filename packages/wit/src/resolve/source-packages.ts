import type { SourceFile, Span } from '@wit-ts/diagnostics';
import { packageNameText, type PackageName } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import type { SyntaxReader } from '../syntax-reader.ts';
import type { Sources } from './input.ts';
import { relatedAt, type Resolution } from './resolution.ts';

/** A package as its sources define it: the unit that is resolved at once. */
export interface SourcePackage {
  readonly name: PackageName;
  /** The position of the name; for a package without a header, the start of its first file. */
  readonly span: Span;
  readonly docs?: string;
  /** Packages with the same group come from the same directory or file. */
  readonly group: object;
  /** Top-level items by file, because each file has its own names. */
  readonly files: readonly (readonly ast.TopLevelItem[])[];
}

interface SourcePackages {
  readonly all: readonly SourcePackage[];
  readonly main: SourcePackage | undefined;
}

/**
 * Parses all files and sorts them into packages: the main package, the dependencies, and the packages nested in files.
 */
export function collectSourcePackages(sources: Sources, resolution: Resolution): SourcePackages {
  const all: SourcePackage[] = [];
  const main = sources.main.length === 0 ? undefined : collectGroup(sources.main, resolution, all);
  for (const files of sources.dependencies) if (files.length > 0) collectGroup(files, resolution, all);
  return { all: dropDuplicates(all, main, resolution), main };
}

function collectGroup(
  files: readonly SourceFile[],
  resolution: Resolution,
  all: SourcePackage[],
): SourcePackage {
  const asts = files.map((file) => {
    const { cache, reader } = resolution;
    const { value, diagnostics } =
      cache === undefined ? reader.parse(file, resolution) : cache.parse(file, resolution, reader);
    for (const diagnostic of diagnostics) resolution.diagnostics.push(diagnostic);
    if (diagnostics.length > 0) resolution.broken.add(file);
    return value;
  });
  for (const { packages } of asts) {
    for (const block of packages) {
      all.push({
        name: toPackageName(block.name),
        span: block.name.span,
        ...(block.docs === undefined ? {} : { docs: block.docs.contents }),
        group: files,
        files: [block.items],
      });
    }
  }
  const sourcePackage = mainPackage(asts, files, resolution);
  all.push(sourcePackage);
  return sourcePackage;
}

/** Returns the package that the files of a group form. At least one file must name it, and all names must agree. */
function mainPackage(asts: readonly ast.Ast[], group: object, resolution: Resolution): SourcePackage {
  let named: ast.PackageHeader | undefined;
  let documented: ast.DocsNode | undefined;
  for (const { header } of asts) {
    if (header === undefined) continue;
    if (named === undefined) named = header;
    else checkAgreement(named, header, resolution);
    if (header.docs === undefined) continue;
    if (documented === undefined) {
      documented = header.docs;
    } else {
      resolution.error('duplicate-package-docs', header.docs.span, 'only one file may document the package', {
        related: relatedAt('already documented here', documented.span),
        help: 'move the comments to one of the `package` declarations',
      });
    }
  }
  const files = asts.map(({ items }) => items);
  if (named !== undefined) {
    const docs = documented === undefined ? {} : { docs: documented.contents };
    return { name: toPackageName(named.name), span: named.name.span, ...docs, group, files };
  }
  const span = { file: asts[0]!.file, start: 0, end: 0 };
  resolution.error('missing-package', span, 'no file declares the name of the package', {
    help: 'add `package namespace:name;` as the first line',
  });
  return { name: { namespace: '', name: '' }, span, group, files };
}

function checkAgreement(first: ast.PackageHeader, other: ast.PackageHeader, resolution: Resolution): void {
  const [left, right] = [
    packageNameText(toPackageName(first.name)),
    packageNameText(toPackageName(other.name)),
  ];
  if (left === right) return;
  resolution.error(
    'conflicting-package',
    other.name.span,
    `the package is called \`${right}\` here and \`${left}\` in another file`,
    {
      related: relatedAt(`called \`${left}\` here`, first.name.span),
      help: 'files of one directory are one package; move other packages to `deps/`',
    },
  );
}

/**
 * Removes duplicates: two dependencies may contain the same package (`WIT.md`, "Root Package: A Directory") with the
 * same contents.
 */
function dropDuplicates(
  sourcePackages: readonly SourcePackage[],
  main: SourcePackage | undefined,
  resolution: Resolution,
): SourcePackage[] {
  const byName = new Map<string, SourcePackage>();
  for (const sourcePackage of sourcePackages) {
    const name = packageNameText(sourcePackage.name);
    const first = byName.get(name);
    if (
      first === undefined ||
      (sourcePackage === main && sameContents(first, sourcePackage, resolution.reader))
    ) {
      byName.set(name, sourcePackage);
      continue;
    }
    if (sameContents(first, sourcePackage, resolution.reader)) continue;
    resolution.error(
      'duplicate-package',
      sourcePackage.span,
      `package \`${name}\` is defined twice, with different contents`,
      {
        related: relatedAt('first defined here', first.span),
        help: 'remove one of them, or make them the same',
      },
    );
    resolution.ambiguous.add(name);
    if (sourcePackage === main) byName.set(name, sourcePackage);
  }
  return [...byName.values()];
}

function sameContents(a: SourcePackage, b: SourcePackage, reader: SyntaxReader): boolean {
  return a.group !== b.group && contents(a, reader) === contents(b, reader);
}

/** Returns the contents of a package without white space, comments and the order of its items, for comparison. */
function contents(sourcePackage: SourcePackage, reader: SyntaxReader): string {
  return sourcePackage.files
    .flat()
    .map(({ span }) => reader.words(span.file.text.slice(span.start, span.end)).join(' '))
    .sort()
    .join('\n');
}

export function toPackageName(node: ast.PackageNameNode): PackageName {
  const { namespace, name, version } = node;
  const base = { namespace: namespace.name, name: name.name };
  return version === undefined ? base : { ...base, version: version.text };
}
