import type { Diagnostic } from '@wit-ts/diagnostics';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GeneratedFile } from '@wit-ts/bindgen';
import { Failure, EXIT } from '../failure.ts';
import { findPackage, parentsOf } from '../project-packages.ts';
import { writeFiles } from '../write-files.ts';
import { SourcePositions } from './source-positions.ts';

/** What the compiler found; `no-compiler` if the project has none. */
type TypeCheck = 'no-compiler' | readonly Diagnostic[];

interface TypeCheckOptions {
  /** The absolute path of the guest. */
  readonly guest: string;
  readonly declarations: readonly GeneratedFile[];
  /** The type of what the guest exports; absent if it need not export anything. */
  readonly exports: ExportsType | undefined;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** A type that a module of the declarations has. */
export interface ExportsType {
  readonly module: string;
  readonly name: string;
}

/**
 * Checks the types of a guest with the TypeScript of its project and the options of its `tsconfig.json`, against the
 * declarations of its world.
 *
 * @throws Failure if the compiler does not run
 */
export async function checkTypes(options: TypeCheckOptions): Promise<TypeCheck> {
  const { declarations, exports, signal } = options;
  // The compiler prints paths without symbolic links, relative to where it runs.
  const cwd = await realpath(options.cwd);
  const guest = path.join(await realpath(path.dirname(options.guest)), path.basename(options.guest));
  const project = path.dirname(guest);
  const compiler = findPackage(project, 'typescript');
  if (compiler === undefined) return 'no-compiler';
  const directory = await realpath(await temporaryDirectory(path.dirname(compiler)));
  try {
    const config = path.join(directory, 'tsconfig.json');
    const guard = path.join(directory, 'guard.ts');
    const files = [guest, ...declarations.map((file) => path.join(directory, file.path))];
    if (exports !== undefined) files.push(guard);
    writeFiles(directory, [
      ...declarations,
      ...(exports === undefined
        ? []
        : [{ path: 'guard.ts', content: guardText(path.relative(directory, guest), exports) }]),
      { path: 'tsconfig.json', content: JSON.stringify(configOf(projectConfig(project), files)) },
    ]);
    const output = await runCompiler(path.join(compiler, 'bin/tsc'), config, cwd, signal);
    return diagnosticsIn(output, cwd, guard);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A module that compares what a guest exports with the type of its world. @param guest a relative path */
function guardText(guest: string, { module, name }: ExportsType): string {
  return `import * as guest from ${JSON.stringify(guest.replaceAll('\\', '/'))};
import type { ${name} } from ${JSON.stringify(module)};
guest satisfies ${name};
`;
}

/**
 * Makes a directory for the compiler's input. Inside the project, beside other caches, the compiler finds the project's
 * packages of types by itself.
 */
async function temporaryDirectory(modules: string): Promise<string> {
  const caches = path.join(modules, '.cache');
  try {
    await mkdir(caches, { recursive: true });
    return await mkdtemp(path.join(caches, 'wit-ts-guest-'));
  } catch {
    // The project is read-only.
    return mkdtemp(path.join(tmpdir(), 'wit-ts-guest-'));
  }
}

function projectConfig(project: string): string | undefined {
  return parentsOf(project)
    .map((parent) => path.join(parent, 'tsconfig.json'))
    .find((file) => existsSync(file));
}

/** What a guest is checked with, whatever its project says; `null` takes an option away. */
const FIXED = {
  noEmit: true,
  allowImportingTsExtensions: true,
  composite: null,
  incremental: null,
  tsBuildInfoFile: null,
  declaration: null,
  emitDeclarationOnly: null,
  isolatedDeclarations: null,
  outDir: null,
  rootDir: null,
};

/** The options for a guest whose project has none: the engines know these globals, and no others of a page or Node. */
const DEFAULTS = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable', 'webworker'],
  module: 'esnext',
  moduleResolution: 'bundler',
  strict: true,
  skipLibCheck: true,
  types: [],
};

function configOf(extended: string | undefined, files: readonly string[]): unknown {
  return extended === undefined
    ? { compilerOptions: { ...DEFAULTS, ...FIXED }, files }
    : { extends: extended, compilerOptions: FIXED, files, include: [] };
}

/** Runs `tsc`, and returns what it prints. */
async function runCompiler(tsc: string, config: string, cwd: string, signal: AbortSignal): Promise<string> {
  const args = [tsc, '-p', config, '--pretty', 'false'];
  const { code, stdout, stderr } = await new Promise<Ran>((resolve) => {
    execFile(process.execPath, args, { cwd, signal, maxBuffer: 1 << 26 }, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, stdout: out, stderr: err }),
    );
  });
  // The compiler exits with 1 or 2 for errors, and prints them on standard output.
  if (code === 0 || ((code === 1 || code === 2) && FOUND.test(stdout))) return stdout;
  const reason = (stderr + stdout).trim().split('\n').at(-1) ?? '';
  throw new Failure(EXIT.checkFailed, `the TypeScript compiler failed: ${reason || `exit code ${code}`}`);
}

interface Ran {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

const FOUND = /(?:^|: )error TS\d+: /mu;

/** `guest.ts(3,14): error TS2322: …`, whose path is relative to the directory of the compiler. */
const LINE = /^(?:(?<file>.+)\((?<line>\d+),(?<column>\d+)\): )?error (?<code>TS\d+): (?<message>.*)$/u;

/** Reads the errors that the compiler printed. @param guard the file that compares the guest with its world */
function diagnosticsIn(output: string, cwd: string, guard: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const positions = new SourcePositions();
  for (const text of output.split(/\r?\n/u)) {
    const groups = LINE.exec(text)?.groups;
    if (groups !== undefined) {
      found.push(diagnosticOf(groups, positions, cwd, guard));
      continue;
    }
    const last = found.at(-1);
    // Further lines explain the first.
    if (last !== undefined && /^\s+\S/u.test(text))
      found[found.length - 1] = { ...last, message: `${last.message} ${text.trim()}` };
  }
  return found;
}

function diagnosticOf(
  { file, line = '1', column = '1', code = '', message = '' }: Readonly<Record<string, string | undefined>>,
  positions: SourcePositions,
  cwd: string,
  guard: string,
): Diagnostic {
  const absolute = file && path.resolve(cwd, file);
  if (absolute === guard)
    return { code, severity: 'error', message: `the guest does not export what its world needs: ${message}` };
  const span = absolute && positions.find(absolute, Number(line), Number(column), file);
  return { code, severity: 'error', message, ...(span && { span }) };
}
