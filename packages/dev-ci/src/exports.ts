import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { WorkspacePackage } from '@wit-ts/dev-support/workspace';

/** A TypeScript file of the checkout, with its text. */
interface TypeScriptFile {
  /** Relative to the checkout: `packages/abi/src/trap.ts`. */
  readonly path: string;
  readonly text: string;
}

/** A name that a file exports by a declaration. */
interface ExportedName {
  readonly path: string;
  readonly name: string;
  /** `type` for types and interfaces, `value` for functions and constants, `both` for classes. */
  readonly space: 'type' | 'value' | 'both';
}

const DECLARATION =
  /^export (?:declare )?(?:abstract )?(?:async )?(type|interface|class|function\*?|const) ([\w$]+)/gmu;

/** `import { a, type b as c } from './d.ts'`, also over several lines, and `export { a } from './d.ts'`. */
const NAMED = /^(?:import|export)\s(?:type\s)?\{([^}]*)\}\sfrom\s'([^']+)'/gmu;
/** `import * as a from './b.ts'` and `import('./b.ts')`: the file may use each exported name that it has as a word. */
const WHOLE = /^import\s(?:type\s)?\*\sas\s[\w$]+\sfrom\s'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gmu;
/** Modules that another process or thread loads. */
const LOADED = /\bnew URL\(\s*'(\.[^']+\.ts)'/gmu;

/** Reads all TypeScript files below a folder of the checkout, tests and fixtures too. */
export function typeScriptFiles(root: string, folder: string): readonly TypeScriptFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !/\/(?:node_modules|dist)\/|\.d\.ts$/u.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Lists what a file exports by declarations. Lists in braces name what is declared elsewhere. */
export function exportedNames({ path, text }: TypeScriptFile): readonly ExportedName[] {
  return [...text.matchAll(DECLARATION)].map(([, kind, name]) => ({
    path,
    name: name!,
    space: kind === 'class' ? 'both' : kind === 'type' || kind === 'interface' ? 'type' : 'value',
  }));
}

/**
 * Returns the names that two files export, with the files. A type and a function may share a name, because no line can
 * confuse them.
 */
export function sharedNames(names: readonly ExportedName[]): ReadonlyMap<string, readonly string[]> {
  const shared = new Map<string, readonly string[]>();
  for (const [name, all] of Map.groupBy(names, (each) => each.name)) {
    const together = (['type', 'value'] as const).map((space) =>
      all.filter((each) => each.space === space || each.space === 'both').map(({ path }) => path),
    );
    const paths = together.filter((each) => each.length > 1).flat();
    if (paths.length > 0) shared.set(name, [...new Set(paths)].sort());
  }
  return shared;
}

/**
 * Lists exports that no other file uses, as `path: name`. A file that `package.json` names as an export or a command
 * is used from outside.
 */
export function unusedExports(
  root: string,
  packages: readonly WorkspacePackage[],
  declared: readonly ExportedName[],
  files: readonly TypeScriptFile[],
): readonly string[] {
  const entries = entryPoints(root, packages);
  const used = new Set(files.flatMap((file) => usedNames(file, entries)));
  const published = new Set(entries.values());
  return declared
    .filter(
      ({ path, name }) => !published.has(path) && !used.has(`${path}: ${name}`) && !used.has(`${path}: *`),
    )
    .map(({ path, name }) => `${path}: ${name}`);
}

/** Maps specifiers of the workspace to source files: `@wit-ts/abi/compile` to `packages/abi/src/compile/index.ts`. */
function entryPoints(root: string, packages: readonly WorkspacePackage[]): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const { directory, manifest } of packages) {
    const exported = Object.entries(manifest.exports ?? {}).map(([key, conditions]) => [
      key,
      sourceOf(conditions),
    ]);
    const commands = Object.entries(manifest.bin ?? {}).map(([key, file]) => [
      `bin/${key}`,
      file.replace('./dist/', './src/').replace(/\.js$/u, '.ts'),
    ]);
    const ofPlatforms = Object.entries(manifest.imports ?? {}).flatMap(([key, conditions]) =>
      Object.values(conditions['@wit-ts/source'] ?? {}).map((file) => [
        `${key}/${String(file)}`,
        String(file),
      ]),
    );
    for (const [key, source] of [...exported, ...commands, ...ofPlatforms])
      if (source !== undefined)
        entries.set(join(manifest.name, key!), relative(root, join(directory, source)).replaceAll('\\', '/'));
  }
  return entries;
}

function sourceOf(conditions: unknown): string | undefined {
  if (typeof conditions === 'string') return conditions;
  if (typeof conditions !== 'object' || conditions === null || !('@wit-ts/source' in conditions))
    return undefined;
  return String(conditions['@wit-ts/source']);
}

function usedNames({ path, text }: TypeScriptFile, entries: ReadonlyMap<string, string>): readonly string[] {
  const fileOf = (specifier: string): string | undefined =>
    specifier.startsWith('.') ? join(dirname(path), specifier).replaceAll('\\', '/') : entries.get(specifier);
  const named = [...text.matchAll(NAMED)].flatMap(([, list = '', specifier = '']) =>
    list
      .split(',')
      .map(
        (item) =>
          item
            .trim()
            .replace(/^type\s+/u, '')
            .split(/\s/u, 1)[0],
      )
      .map((name) => `${fileOf(specifier)}: ${name}`),
  );
  const whole = [...text.matchAll(WHOLE)].flatMap(([, all, dynamic]) => {
    const file = fileOf(all ?? dynamic ?? '');
    return [...new Set(text.match(/[\w$]+/gu))].map((word) => `${file}: ${word}`);
  });
  const loaded = [...text.matchAll(LOADED)].map(([, specifier = '']) => `${fileOf(specifier)}: *`);
  return [...named, ...whole, ...loaded];
}
