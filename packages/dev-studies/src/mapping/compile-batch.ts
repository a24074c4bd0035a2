import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '@wit-ts/dev-support/run-command';
import { root } from '@wit-ts/dev-support/workspace';

export interface SourceFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** An error of the compiler. */
export interface CompileError {
  readonly path: string;
  /** 1 is the first line of the file. */
  readonly line: number;
  readonly message: string;
}

/** All options that make the compiler stricter. */
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

/** Compiles files as one project under the strictest options. @throws Error if the compiler does not run */
export async function compileBatch(files: readonly SourceFile[]): Promise<readonly CompileError[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wit-ts-mapping-law-')));
  try {
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const compilerOptions = {
      ...STRICTEST,
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable', 'dom'],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      types: [],
      noEmit: true,
      allowImportingTsExtensions: true,
      customConditions: ['@wit-ts/source'],
      paths: { '@wit-ts/runtime/codegen/v1': [join(root, 'packages/runtime/src/codegen/v1.ts')] },
    };
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
    const { code, output } = await runCommand('tsc', ['-p', folder, '--pretty', 'false'], { cwd: folder });
    const errors = errorsOf(output);
    if (code === undefined || (code !== 0 && errors.length === 0))
      throw new Error(`tsc did not run: ${output}`);
    return errors;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function errorsOf(output: string): CompileError[] {
  return output.split('\n').flatMap((text) => {
    const [, path, line, message] = /^([^\s(][^(]*)\((\d+),\d+\): (error .*)$/u.exec(text) ?? [];
    // The runtime's sources are compiled under options of their own.
    if (path?.startsWith('..') === true) return [];
    if (path !== undefined) return [{ path, line: Number(line), message: message! }];
    return text.startsWith('error') ? [{ path: '', line: 0, message: text }] : [];
  });
}
