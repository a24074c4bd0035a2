import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installCommand, parentsOf } from './project-packages.ts';
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
  return `the generated code imports \`${RUNTIME}\`, which is not installed here; run \`${installCommand(directory, RUNTIME)}\``;
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
