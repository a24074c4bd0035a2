import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root, without a slash at the end. */
export const root: string = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/u, '');

/** The parts of a `package.json` that checks and builds read. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  /** Modules that the package imports by a name that starts with `#`, by condition. */
  readonly imports?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  /** Packages whose code becomes a part of this package's build. */
  readonly joins?: readonly string[];
  /**
   * Modules, relative to the package, that are needed whenever it starts: with all that they import, they become one
   * file. Without it, a package that joins others has its `src/index.ts` here.
   */
  readonly initial?: readonly string[];
  /** The modules with which most programs start: what is left of them without unused code is one file. */
  readonly atOnce?: readonly string[];
  /** A script, relative to the package, that uses the built package as most programs do when they start. */
  readonly sample?: string;
  /** Modules that are loaded together, by the name of the file that they become with what they import. */
  readonly together?: Readonly<Record<string, readonly string[]>>;
  /** Published modules, by their sources, that share no file with the others. */
  readonly standalone?: readonly string[];
}

export interface WorkspacePackage {
  /** Absolute. */
  readonly directory: string;
  readonly manifest: Manifest;
}

export const rootManifest: Manifest = readManifest(root);

/** Lists the members of a checkout's workspace below `packages/` and `grammars/`. */
export function workspacePackages(checkout: string = root): readonly WorkspacePackage[] {
  return ['grammars', 'packages'].flatMap((folder) =>
    readdirSync(join(checkout, folder))
      .map((name) => join(checkout, folder, name))
      .filter((directory) => existsSync(join(directory, 'package.json')))
      .map((directory) => ({ directory, manifest: readManifest(directory) })),
  );
}

/** Lists the packages that go to the registry. */
export function publishedPackages(): readonly WorkspacePackage[] {
  return workspacePackages().filter(
    ({ directory, manifest }) => manifest.private !== true && existsSync(join(directory, 'src')),
  );
}

/**
 * Lists the TypeScript files below a package's `src`, relative to the package, without fixtures and generated files.
 */
export function sourceFiles(directory: string): readonly string[] {
  const source = join(directory, 'src');
  if (!existsSync(source)) return [];
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.m?ts$/u.test(name) && !/\/(?:fixtures|generated)\//u.test(name))
    .sort();
}

function readManifest(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
}
