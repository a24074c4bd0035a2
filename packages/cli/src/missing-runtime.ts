import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FileToWrite } from './write-files.ts';

const RUNTIME = '@wit-ts/runtime';

/**
 * Returns a warning if generated files import the runtime and a program in their directory could not resolve it. Strict
 * package managers let a project import only its own dependencies, so the runtime that this command uses does not
 * count.
 */
export function missingRuntimeWarning(directory: string, files: readonly FileToWrite[]): string | undefined {
  const importsRuntime = files.some(({ content }) => IMPORTS_RUNTIME.test(content));
  if (!importsRuntime || isResolvable(directory)) return undefined;
  return `the generated code imports \`${RUNTIME}\`, which is not installed here; run \`${installCommand(directory)}\``;
}

const IMPORTS_RUNTIME = /\bfrom ['"]@wit-ts\/runtime(?:\/[^'"]*)?['"]/u;

/** Looks where an import in the directory would look. `require.resolve` also looks in `NODE_PATH`, which pnpm sets. */
function isResolvable(directory: string): boolean {
  if ('pnp' in process.versions) return isResolvableByYarn(directory);
  return parentsOf(directory).some((parent) => existsSync(path.join(parent, 'node_modules', RUNTIME)));
}

/** Plug'n'Play has no `node_modules`; Yarn replaces the resolution of modules. */
function isResolvableByYarn(directory: string): boolean {
  try {
    createRequire(path.join(directory, 'generated.js')).resolve(RUNTIME);
    return true;
  } catch {
    return false;
  }
}

/** By the lockfile of the project that contains the directory. */
function installCommand(directory: string): string {
  for (const parent of parentsOf(directory)) {
    const manager = MANAGERS.find(({ lockfile }) => existsSync(path.join(parent, lockfile)));
    if (manager !== undefined) return `${manager.install} ${RUNTIME}`;
  }
  return `npm install ${RUNTIME}`;
}

const MANAGERS = [
  { lockfile: 'pnpm-lock.yaml', install: 'pnpm add' },
  { lockfile: 'yarn.lock', install: 'yarn add' },
  { lockfile: 'bun.lock', install: 'bun add' },
  { lockfile: 'package-lock.json', install: 'npm install' },
] as const;

/** A directory and all that contain it, from the inside out. */
function parentsOf(directory: string): string[] {
  const parents = [directory];
  for (let at = directory; path.dirname(at) !== at; at = path.dirname(at)) parents.push(path.dirname(at));
  return parents;
}
