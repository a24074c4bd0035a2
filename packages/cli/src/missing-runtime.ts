import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FileToWrite } from './write-files.ts';

const RUNTIME = '@wit-ts/runtime';

/**
 * Returns a warning if generated files import the runtime and a program in their directory could not resolve it. Strict
 * package managers let a project import only its own dependencies, so the runtime that this command uses does not count.
 */
export function missingRuntimeWarning(directory: string, files: readonly FileToWrite[]): string | undefined {
  const importsRuntime = files.some(({ content }) => IMPORTS_RUNTIME.test(content));
  if (!importsRuntime || isResolvable(directory)) return undefined;
  return `warning: the generated code imports \`${RUNTIME}\`, which is not installed here; run \`${installCommand(directory)}\``;
}

const IMPORTS_RUNTIME = /\bfrom ['"]@wit-ts\/runtime(?:\/[^'"]*)?['"]/u;

function isResolvable(directory: string): boolean {
  try {
    // The manifest is there even in a checkout in which nothing is built.
    createRequire(path.join(directory, 'generated.js')).resolve(`${RUNTIME}/package.json`);
    return true;
  } catch {
    return false;
  }
}

/** By the lockfile of the project that contains the directory. */
function installCommand(directory: string): string {
  for (let at = directory; ; at = path.dirname(at)) {
    const manager = MANAGERS.find(({ lockfile }) => existsSync(path.join(at, lockfile)));
    if (manager !== undefined) return `${manager.install} ${RUNTIME}`;
    if (at === path.dirname(at)) return `npm install ${RUNTIME}`;
  }
}

const MANAGERS = [
  { lockfile: 'pnpm-lock.yaml', install: 'pnpm add' },
  { lockfile: 'yarn.lock', install: 'yarn add' },
  { lockfile: 'bun.lock', install: 'bun add' },
  { lockfile: 'package-lock.json', install: 'npm install' },
] as const;
