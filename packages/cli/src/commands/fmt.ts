import { hasErrors, type Diagnostic } from '@wit-ts/diagnostics';
import { format } from '@wit-ts/wit';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, fileFailure, usageFailure, type ExitCode } from '../failure.ts';
import { read, textOf } from '../read-input.ts';
import { diagnosticsJson, type CommonOptions, type CommandContext } from '../command-context.ts';
import { replaceFile } from '../write-files.ts';

interface FmtOptions extends CommonOptions {
  readonly check?: boolean;
}

type FormatStatus = 'formatted' | 'changed' | 'invalid';

/** Formats WIT files in place, or standard input to standard output. */
export async function fmt(
  context: CommandContext,
  args: readonly string[],
  options: FmtOptions,
): Promise<ExitCode> {
  if (args.includes('-')) {
    if (args.length > 1) throw usageFailure('standard input and files cannot be formatted together');
    return formatStdin(context, options);
  }
  const files: { path: string; status: FormatStatus }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const given of args.length === 0 ? ['.'] : args) {
    for (const file of await witFiles(context, given)) {
      const result = await formatFile(context, file, options);
      files.push({ path: file, status: result.status });
      diagnostics.push(...result.diagnostics);
      context.diagnostics(result.diagnostics);
    }
  }
  const changed = files.filter(({ status }) => status === 'changed');
  const invalid = files.some(({ status }) => status === 'invalid');
  if (context.json) context.outJson({ files, diagnostics: diagnosticsJson(diagnostics) });
  else if (options.check === true) for (const file of changed) context.out(`not formatted: ${file.path}`);
  else for (const file of changed) context.note(`formatted ${file.path}`);
  if (files.length === 0) context.note('found no .wit file');
  else if (changed.length === 0 && !invalid)
    context.note(`${files.length === 1 ? 'the file is' : `all ${files.length} files are`} already formatted`);
  return invalid || (options.check === true && changed.length > 0) ? EXIT.checkFailed : EXIT.success;
}

async function formatStdin(context: CommandContext, options: FmtOptions): Promise<ExitCode> {
  const text = textOf(await context.io.stdin());
  const { value, diagnostics } = format(text, { path: '<stdin>' });
  context.diagnostics(diagnostics);
  const invalid = hasErrors(diagnostics);
  if (context.json) {
    context.outJson({
      formatted: value === text,
      ...(invalid ? {} : { text: value }),
      diagnostics: diagnosticsJson(diagnostics),
    });
  } else if (!invalid && options.check !== true) context.io.stdout.write(value);
  else if (!invalid && value !== text) context.out('not formatted: <stdin>');
  return invalid || (options.check === true && value !== text) ? EXIT.checkFailed : EXIT.success;
}

async function formatFile(
  context: CommandContext,
  file: string,
  options: FmtOptions,
): Promise<{ status: FormatStatus; diagnostics: readonly Diagnostic[] }> {
  const absolute = path.resolve(context.io.cwd, file);
  const text = textOf(await read(absolute, file), file);
  const { value, diagnostics } = format(text, { path: file });
  if (hasErrors(diagnostics)) return { status: 'invalid', diagnostics };
  if (value === text) return { status: 'formatted', diagnostics };
  if (options.check !== true) await replaceFile(absolute, value);
  return { status: 'changed', diagnostics };
}

/** Directories without sources of this package. */
const SKIPPED = new Set(['deps', 'node_modules', 'dist', 'target']);

/** Lists the `.wit` files of a file or directory, relative to the path as the user wrote it. */
async function witFiles(context: CommandContext, given: string): Promise<string[]> {
  const absolute = path.resolve(context.io.cwd, given);
  try {
    if (!(await stat(absolute)).isDirectory()) return [given];
    const entries = await readdir(absolute, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const found: string[] = [];
    for (const entry of entries) {
      const inner = path.join(given, entry.name);
      if (entry.isFile() && entry.name.endsWith('.wit')) found.push(inner);
      const isSource = entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.');
      if (isSource) found.push(...(await witFiles(context, inner)));
    }
    return found;
  } catch (error) {
    if (error instanceof Error && error.name === 'Failure') throw error;
    throw fileFailure('read', given, error);
  }
}
