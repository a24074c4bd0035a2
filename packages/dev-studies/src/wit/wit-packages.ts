import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageNameText } from '@wit-ts/model';
import { SourceFile } from '@wit-ts/diagnostics';
import { parse, type Ast, type PackageInput } from '@wit-ts/wit';
import { npmPackage, witPackages } from './npm-packages.ts';

/** A WIT package: a directory of `.wit` files. */
export interface WitPackage {
  /** The npm package and the directory in it, for people. */
  readonly name: string;
  readonly npm: string;
  readonly directory: string;
  readonly files: readonly SourceFile[];
  /** The name with the version, for example `wasi:io@0.2.12`. */
  readonly id: string;
  /** The other packages that its text refers to. */
  readonly dependencies: readonly string[];
}

/** Returns all WIT packages in the studied npm packages. */
export async function allWitPackages(): Promise<WitPackage[]> {
  const found: WitPackage[] = [];
  for (const npm of witPackages) {
    const base = await npmPackage(npm);
    const files = readdirSync(base, { recursive: true, encoding: 'utf8' });
    const wit = files.filter((file) => file.endsWith('.wit')).sort();
    for (const directory of new Set(wit.map((file) => dirname(file)))) {
      found.push(readWitPackage(npm.name, base, directory));
    }
  }
  return found;
}

function readWitPackage(npm: string, base: string, inside: string): WitPackage {
  const directory = join(base, inside);
  const names = readdirSync(directory).filter((name) => name.endsWith('.wit'));
  const files = names.sort().map((name) => {
    return new SourceFile(
      join(npm, relative(base, directory), name),
      readFileSync(join(directory, name), 'utf8'),
    );
  });
  const asts = files.map((file) => parse(file).value);
  return {
    name: join(npm, inside),
    npm,
    directory,
    files,
    id: idOf(asts),
    dependencies: referencedPackages(files, asts),
  };
}

function idOf(asts: readonly Ast[]): string {
  const header = asts.find((ast) => ast.header !== undefined)?.header;
  if (header === undefined) throw new Error('a WIT package has no package header');
  return nameText(header.name);
}

type NameNode = NonNullable<Ast['header']>['name'];

function nameText({ namespace, name, version }: NameNode): string {
  const base = { namespace: namespace.name, name: name.name };
  return packageNameText(version === undefined ? base : { ...base, version: version.text });
}

const PACKAGE_REFERENCE = /\b([a-z][a-z\d-]*:[a-z][a-z\d-]*)\/[a-z][a-z\d-]*(@\d[\w.+-]*[\w])?/gu;

function referencedPackages(files: readonly SourceFile[], asts: readonly Ast[]): string[] {
  const own = new Set([
    idOf(asts),
    ...asts.flatMap(({ packages }) => packages.map(({ name }) => nameText(name))),
  ]);
  const all = files.flatMap(({ text }) =>
    [...withoutComments(text).matchAll(PACKAGE_REFERENCE)].map(
      ([, name, version]) => `${name}${version ?? ''}`,
    ),
  );
  return [...new Set(all)].filter((name) => !own.has(name)).sort();
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\/.*|\/\*[^]*?\*\//gu, ' ');
}

/**
 * Replaces outdated names of types. `@fermyon/spin-sdk` uses `float32` and `float64`, which WIT does not have any more
 * and which the reference rejects too.
 */
export function modernized(one: WitPackage): WitPackage {
  if (one.npm !== '@fermyon/spin-sdk') return one;
  const files = one.files.map(
    ({ path, text }) => new SourceFile(path, text.replaceAll(/\bfloat(32|64)\b/gu, 'f$1')),
  );
  return { ...one, files };
}

/**
 * Returns a package with its dependencies. They come from its own `deps/` directory, or else from anywhere in the npm
 * packages, because npm packages rely on other tools to put the dependencies into place.
 */
export function inputOf(main: WitPackage, all: readonly WitPackage[]): PackageInput {
  const chosen = new Map<string, WitPackage>();
  const pending = [...main.dependencies];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (chosen.has(id) || id === main.id) continue;
    const candidates = all.filter((other) => other.id === id && other !== main);
    const dependency =
      candidates.find(({ directory }) => directory.startsWith(`${main.directory}/`)) ??
      candidates.find(({ npm }) => npm === main.npm) ??
      candidates[0];
    if (dependency === undefined) continue;
    chosen.set(id, dependency);
    pending.push(...dependency.dependencies);
  }
  return { files: main.files, dependencies: [...chosen.values()].map(({ files }) => files) };
}
