import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command.ts';
import { root } from './workspace.ts';

export interface SourceText {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** An error of the compiler. */
export interface CompileError {
  /** Empty if the error is not in a file. */
  readonly path: string;
  /** 1 is the first line of the file, and 1 the first column. */
  readonly line: number;
  readonly column: number;
  /** For example `error TS2322: Type 'string' is not assignable to type 'number'.` */
  readonly message: string;
}

export interface StrictCompileOptions {
  /** The version of the language that is written, and the libraries of its declarations. */
  readonly target: string;
  readonly lib: readonly string[];
  /** The path of the compiler's script. The default is the `tsc` of the workspace. */
  readonly tsc?: string;
}

/** All options that make the compiler stricter, also those that a project switches on for its own style. */
const STRICTEST = {
  strict: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  declaration: true,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  isolatedDeclarations: true,
  isolatedModules: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUncheckedSideEffectImports: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
};

/**
 * Compiles generated files as one project under the strictest options, and returns the errors in them. They import the
 * runtime from its source.
 *
 * @throws Error if the compiler does not run
 */
export async function compileStrictly(
  files: readonly SourceText[],
  { target, lib, tsc }: StrictCompileOptions,
): Promise<readonly CompileError[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wit-ts-compile-')));
  try {
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const compilerOptions = {
      ...STRICTEST,
      target,
      lib,
      module: 'nodenext',
      moduleResolution: 'nodenext',
      types: [],
      noEmit: true,
      allowImportingTsExtensions: true,
      customConditions: ['@wit-ts/source'],
      // `skipLibCheck` is not set: it would skip the declarations for guests, which have to be checked.
      paths: {
        '@wit-ts/runtime/codegen/v1': [join(root, 'packages/runtime/src/codegen/v1.ts')],
        '@wit-ts/runtime/codegen/v1/sync': [join(root, 'packages/runtime/src/codegen/v1-sync.ts')],
      },
    };
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
    const [command, ...script] = tsc === undefined ? ['tsc'] : [process.execPath, tsc];
    const args = [...script, '-p', folder, '--pretty', 'false'];
    const { code, output } = await runCommand(command!, args, { cwd: folder });
    const errors = errorsOf(output);
    // Errors outside of the files do not count, but without any output the compiler did not run.
    if (code === undefined || (code !== 0 && !/^\S.*: error |^error /mu.test(output)))
      throw new Error(`tsc did not run: ${output}`);
    return errors;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function errorsOf(output: string): CompileError[] {
  return output.split('\n').flatMap((text) => {
    const [, path, line, column, message] =
      /^([^\s(][^(]*)\((\d+),(\d+)\): (error .*)$/u.exec(text.trimEnd()) ?? [];
    // Files outside of the project are the sources of the runtime, which are compiled under other options.
    if (path?.startsWith('..') === true) return [];
    if (path !== undefined) return [{ path, line: Number(line), column: Number(column), message: message! }];
    return text.startsWith('error') ? [{ path: '', line: 0, column: 0, message: text }] : [];
  });
}
