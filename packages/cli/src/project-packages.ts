import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns the command that adds a package to the project that contains a directory, by the lockfile of the project.
 *
 * @param options.isForDevelopment whether programs do not need it when they run
 */
export function installCommand(
  directory: string,
  packageName: string,
  { isForDevelopment = false }: { readonly isForDevelopment?: boolean } = {},
): string {
  const parents = parentsOf(directory);
  const found = parents
    .map((parent) => MANAGERS.find(({ lockfile }) => existsSync(path.join(parent, lockfile))))
    .find((manager) => manager !== undefined);
  const { install, development } = found ?? NPM;
  return `${install}${isForDevelopment ? ` ${development}` : ''} ${packageName}`;
}

const NPM = { lockfile: 'package-lock.json', install: 'npm install', development: '--save-dev' };

const MANAGERS = [
  { lockfile: 'pnpm-lock.yaml', install: 'pnpm add', development: '--save-dev' },
  { lockfile: 'yarn.lock', install: 'yarn add', development: '--dev' },
  { lockfile: 'bun.lock', install: 'bun add', development: '--dev' },
  NPM,
];

/**
 * Finds a package where an import in a directory would look for it, and returns its folder in a `node_modules`.
 *
 * @returns `undefined` if it is not installed
 */
export function findPackage(directory: string, packageName: string): string | undefined {
  return parentsOf(directory)
    .map((parent) => path.join(parent, 'node_modules', packageName))
    .find((folder) => existsSync(path.join(folder, 'package.json')));
}

/** A directory and all that contain it, from the inside out. */
export function parentsOf(directory: string): string[] {
  const parents = [directory];
  for (let at = directory; path.dirname(at) !== at; at = path.dirname(at)) parents.push(path.dirname(at));
  return parents;
}
