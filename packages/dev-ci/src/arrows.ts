import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceFiles, workspacePackages, type WorkspacePackage } from '@wit-ts/dev-support/workspace';

/** An import statement of a source file. */
interface ImportStatement {
  readonly file: string;
  readonly specifier: string;
}

// Statements begin at the start of a line. Text that is emitted does not, or is only a part of a statement.
const STATEMENT = /^(?:import|export)\b(?:[^'";`]*?\bfrom)?\s*'([^']+)'/gmu;
const DYNAMIC = /\bimport\('([^']+)'\)/gu;

/** Lists what the files of a package import, without tests. */
export function importsOf({ directory }: WorkspacePackage): readonly ImportStatement[] {
  return sourceFiles(directory)
    .filter((file) => !/\.test(?:-d)?\.ts$/u.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(directory, file), 'utf8');
      return [...text.matchAll(STATEMENT), ...text.matchAll(DYNAMIC)].map((match) => ({
        file,
        specifier: match[1] ?? '',
      }));
    });
}

/**
 * Lists the packages that a package declares and does not use: dependencies and peer dependencies that its source
 * does not import, and other dependencies of development that none of its files mentions.
 */
export function unusedDependencies(each: WorkspacePackage): readonly string[] {
  const { dependencies = {}, devDependencies = {}, peerDependencies = {} } = each.manifest;
  const imported = new Set(importsOf(each).map(({ specifier }) => packageOf(specifier)));
  const texts = filesOf(each.directory).map((file) => readFileSync(file, 'utf8'));
  const mentioned = (name: string): boolean =>
    texts.some((text) => text.includes(`'${name}'`) || text.includes(`'${name}/`));
  // The code of a joined package is in the build, and imports what that package depends on.
  const joined = new Set(each.manifest.joins ?? []);
  for (const { manifest } of workspacePackages())
    if (joined.has(manifest.name))
      for (const name of Object.keys(manifest.dependencies ?? {})) joined.add(name);
  const runs = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  return [
    ...runs.filter((name) => !imported.has(name) && !joined.has(name)),
    ...Object.keys(devDependencies).filter((name) => !runs.includes(name) && !mentioned(name)),
  ];
}

/** Lists the TypeScript files of a package, tests and fixtures too. */
function filesOf(directory: string): readonly string[] {
  const source = join(directory, 'src');
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(source, name));
}

/** `@scope/name` or `name` of an import of another package; nothing for relative and built-in ones. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:') || specifier.startsWith('#'))
    return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Returns true if a relative import leads out of the package's `src`, and not to its manifest. */
export function leavesSource({ file, specifier }: ImportStatement): boolean {
  if (!specifier.startsWith('.')) return false;
  const target = join(dirname(file), specifier).replaceAll('\\', '/');
  return !target.startsWith('src/') && target !== 'package.json';
}

/** Returns every package that can be reached over the arrows. */
export function reachable(arrows: ReadonlyMap<string, readonly string[]>, from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...(arrows.get(from) ?? [])];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    pending.push(...(arrows.get(name) ?? []));
  }
  return found;
}
