import type { Diagnostic } from '@wit-ts/diagnostics';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { rolldown, type RolldownLog } from 'rolldown';
import { Findings } from '../failure.ts';
import { SourcePositions } from './source-positions.ts';

/**
 * Joins a guest and all that it imports into one module of JavaScript, which imports the modules of the host only.
 *
 * @param guest an absolute path
 * @param cwd to which the paths in messages are relative
 * @throws Findings if a file cannot be parsed, or an import is not found
 */
export async function bundleGuest(guest: string, modules: ReadonlySet<string>, cwd: string): Promise<string> {
  const problems: Diagnostic[] = [];
  const build = await rolldown({
    input: guest,
    cwd,
    platform: 'neutral',
    external: (id) => modules.has(id),
    makeAbsoluteExternalsRelative: false,
    logLevel: 'warn',
    tsconfig: true,
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    // The engines have neither `using` nor newer syntax.
    transform: { target: 'es2022' },
    onLog: (level, log) =>
      void (level === 'warn' && isProblem(log) && problems.push(problemOf(log, modules))),
  });
  try {
    const { output } = await build.generate({ format: 'esm', codeSplitting: false, comments: false });
    if (problems.length > 0) throw new Findings(problems);
    return output[0].code;
  } catch (error) {
    if (error instanceof Findings) throw error;
    throw new Findings([...problems, ...errorsOf(error, cwd)]);
  } finally {
    await build.close();
  }
}

function isProblem({ code }: RolldownLog): boolean {
  return code === 'UNRESOLVED_IMPORT' || code === 'IMPORT_IS_UNDEFINED';
}

/** An import that is not found would be an import of the host. */
function problemOf(log: RolldownLog, modules: ReadonlySet<string>): Diagnostic {
  const specifier = log.exporter ?? /'([^']*)'/u.exec(log.message)?.[1] ?? '';
  const listed = [...modules].filter((name) => !name.includes('#')).slice(0, 8);
  const message = `cannot find \`${specifier}\`, which ${shortPath(log.id)} imports`;
  const help = isBuiltin(specifier)
    ? 'a component has no modules of Node'
    : `it is neither a file, nor an installed package, nor a module of the world: ${listed.map((name) => `\`${name}\``).join(', ')}`;
  return { code: 'import-not-found', severity: 'error', message, help };
}

function shortPath(id: string | undefined): string {
  return id === undefined ? 'the guest' : `\`${id.split(/[\\/]/u).at(-1)!}\``;
}

interface BundlerError {
  readonly message: string;
  readonly id?: string;
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number };
}

function errorsOf(error: unknown, cwd: string): readonly Diagnostic[] {
  const inner = (error as { readonly errors?: readonly BundlerError[] }).errors ?? [error as BundlerError];
  const positions = new SourcePositions();
  return inner.map(({ message, id, loc }) => {
    const [first = '', place = ''] = stripVTControlCharacters(message).split('\n');
    const [, line = loc?.line, column = loc?.column] = /:(\d+):(\d+)\s*\]/u.exec(place) ?? [];
    const span =
      id === undefined
        ? undefined
        : positions.find(id, Number(line ?? 1), Number(column ?? 1), path.relative(cwd, id));
    const text = first.replace(/^\[\w+\] /u, '');
    return {
      code: text.startsWith('Could not resolve') ? 'import-not-found' : 'syntax',
      severity: 'error',
      message: text,
      ...(span && { span }),
    };
  });
}
