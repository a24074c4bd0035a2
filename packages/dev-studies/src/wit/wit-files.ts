import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageNameText } from '@wit-ts/model';
import { SourceFile } from '@wit-ts/diagnostics';
import { parse, type Ast, type PackageInput } from '@wit-ts/wit';
import { npmPackage, witPackages } from './npm-packages.ts';

/** A directory of `.wit` files: one WIT package. */
export interface WitPackage {
  /** For people: the npm package and the directory in it. */
  readonly name: string;
  readonly npm: string;
  readonly directory: string;
  readonly files: readonly SourceFile[];
  /** `wasi:io@0.2.12` */
  readonly id: string;
  /** The packages that its text mentions, nested ones not among them. */
  readonly needs: readonly string[];
}

/** Every WIT package of the npm packages that ship some. */
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
  return { name: join(npm, inside), npm, directory, files, id: idOf(asts), needs: mentioned(files, asts) };
}

function idOf(asts: readonly Ast[]): string {
  const header = asts.find((ast) => ast.header !== undefined)?.header;
  if (header === undefined) throw new Error('a package of the study has no header');
  return nameText(header.name);
}

type NameNode = NonNullable<Ast['header']>['name'];

function nameText({ namespace, name, version }: NameNode): string {
  const base = { namespace: namespace.name, name: name.name };
  return packageNameText(version === undefined ? base : { ...base, version: version.text });
}

const FOREIGN = /\b([a-z][a-z\d-]*:[a-z][a-z\d-]*)\/[a-z][a-z\d-]*(@\d[\w.+-]*[\w])?/gu;

function mentioned(files: readonly SourceFile[], asts: readonly Ast[]): string[] {
  const own = new Set([
    idOf(asts),
    ...asts.flatMap(({ packages }) => packages.map(({ name }) => nameText(name))),
  ]);
  const all = files.flatMap(({ text }) =>
    [...withoutComments(text).matchAll(FOREIGN)].map(([, name, version]) => `${name}${version ?? ''}`),
  );
  return [...new Set(all)].filter((name) => !own.has(name)).sort();
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\/.*|\/\*[^]*?\*\//gu, ' ');
}

/**
 * A package in today's names of types. `@fermyon/spin-sdk` ships names that the language had before, and which the
 * reference refuses too.
 */
export function modernized(one: WitPackage): WitPackage {
  if (one.npm !== '@fermyon/spin-sdk') return one;
  const files = one.files.map(
    ({ path, text }) => new SourceFile(path, text.replaceAll(/\bfloat(32|64)\b/gu, 'f$1')),
  );
  return { ...one, files };
}

/**
 * A package with all that it needs, from its own `deps/` or from wherever it lies in the npm packages: how they are put
 * beside each other is up to the tools that use them.
 */
export function inputOf(main: WitPackage, all: readonly WitPackage[]): PackageInput {
  const chosen = new Map<string, WitPackage>();
  const pending = [...main.needs];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (chosen.has(id) || id === main.id) continue;
    const candidates = all.filter((other) => other.id === id && other !== main);
    const dependency =
      candidates.find(({ directory }) => directory.startsWith(`${main.directory}/`)) ??
      candidates.find(({ npm }) => npm === main.npm) ??
      candidates[0];
    if (dependency === undefined) continue;
    chosen.set(id, dependency);
    pending.push(...dependency.needs);
  }
  return { files: main.files, dependencies: [...chosen.values()].map(({ files }) => files) };
}
