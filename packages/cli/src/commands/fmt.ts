import { hasErrors, type Diagnostic } from '@wit-ts/diagnostics';
import { format, type EndOfLine } from '@wit-ts/wit';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, Failure, fileFailure, inputFailure, usageFailure, type ExitCode } from '../failure.ts';
import { displayName, isWasm, read, refuseWrongFile, textOf } from '../read-input.ts';
import { diagnosticsJson, type CommonOptions, type CommandContext } from '../command-context.ts';
import { replaceFile } from '../write-files.ts';

interface FmtOptions extends CommonOptions {
  readonly check?: boolean;
  /** `auto`, `lf` or `crlf`. */
  readonly endOfLine: string;
}

type FormatStatus = 'formatted' | 'changed' | 'invalid' | 'unreadable';

interface FormattedFile {
  readonly path: string;
  readonly status: FormatStatus;
  readonly diagnostics: readonly Diagnostic[];
  /** Why it cannot be read or written. */
  readonly failure?: Failure;
}

/** Formats WIT files in place, or standard input to standard output. */
export async function fmt(
  context: CommandContext,
  args: readonly string[],
  options: FmtOptions,
): Promise<ExitCode> {
  endOfLineOf(options);
  if (args.includes('-')) {
    if (args.length > 1) throw usageFailure('standard input and files cannot be formatted together');
    return formatStdin(context, options);
  }
  const files: FormattedFile[] = [];
  for (const given of args.length === 0 ? ['.'] : args) {
    for (const file of await witFiles(context, given)) {
      const result = 'status' in file ? file : await formatFile(context, file.path, options);
      files.push(result);
      context.diagnostics(result.diagnostics);
      if (result.failure !== undefined) context.failure(result.failure);
    }
  }
  printResult(context, files, options.check ?? false);
  const has = (status: FormatStatus): boolean => files.some((file) => file.status === status);
  if (has('unreadable')) return EXIT.input;
  return has('invalid') || (options.check === true && has('changed')) ? EXIT.checkFailed : EXIT.success;
}

function printResult(context: CommandContext, files: readonly FormattedFile[], checking: boolean): void {
  const changed = files.filter(({ status }) => status === 'changed');
  if (context.json) {
    context.outJson({
      files: files.map(({ path: file, status, failure }) => ({
        path: file,
        status,
        ...(failure && { error: failure.message }),
      })),
      diagnostics: diagnosticsJson(files.flatMap(({ diagnostics }) => diagnostics)),
    });
  } else if (checking) for (const { path: file } of changed) reportUnformatted(context, file);
  else for (const { path: file } of changed) context.note(`formatted ${file}`);
  if (files.length === 0) context.note('found no .wit file');
  else if (files.every(({ status }) => status === 'formatted'))
    context.note(`${files.length === 1 ? 'the file is' : `all ${files.length} files are`} already formatted`);
}

function reportUnformatted(context: CommandContext, file: string): void {
  if (context.lines) context.outLine(`${file}:1:1`, 'error', 'not-formatted', 'the file is not formatted');
  else context.out(`not formatted: ${file}`);
}

async function formatStdin(context: CommandContext, options: FmtOptions): Promise<ExitCode> {
  const bytes = await context.io.stdin();
  refuseBinary(bytes, '-');
  const text = textOf(bytes);
  const { value, diagnostics } = format(text, { path: '<stdin>', endOfLine: endOfLineOf(options) });
  context.diagnostics(diagnostics);
  const invalid = hasErrors(diagnostics);
  const isFormatted = isUnchanged(text, value, options);
  if (context.json) {
    context.outJson({
      formatted: isFormatted,
      ...(invalid ? {} : { text: value }),
      diagnostics: diagnosticsJson(diagnostics),
    });
  } else if (!invalid && options.check !== true) context.io.stdout.write(value);
  else if (!invalid && !isFormatted) reportUnformatted(context, '<stdin>');
  return invalid || (options.check === true && !isFormatted) ? EXIT.checkFailed : EXIT.success;
}

/** Formats one file. A file that cannot be read or written is a finding, so that the other files are formatted too. */
async function formatFile(
  context: CommandContext,
  file: string,
  options: FmtOptions,
): Promise<FormattedFile> {
  try {
    const absolute = path.resolve(context.io.cwd, file);
    const bytes = await read(absolute, file);
    refuseBinary(bytes, file);
    const text = textOf(bytes, displayName(file));
    const { value, diagnostics } = format(text, { path: file, endOfLine: endOfLineOf(options) });
    if (hasErrors(diagnostics)) return { path: file, status: 'invalid', diagnostics };
    if (isUnchanged(text, value, options)) return { path: file, status: 'formatted', diagnostics };
    if (options.check !== true) replaceFile(absolute, value);
    return { path: file, status: 'changed', diagnostics };
  } catch (error) {
    return unreadable(file, error);
  }
}

/** @throws Failure if it is not one of the choices */
function endOfLineOf({ endOfLine }: FmtOptions): EndOfLine {
  if (endOfLine === 'auto' || endOfLine === 'lf' || endOfLine === 'crlf') return endOfLine;
  throw usageFailure(`\`--end-of-line\` does not accept \`${endOfLine}\``, 'choose auto, lf or crlf');
}

/** Whether a text is formatted. A check ignores its line endings unless `--end-of-line` says which they should be. */
function isUnchanged(text: string, formatted: string, { check, endOfLine }: FmtOptions): boolean {
  if (check !== true || endOfLine !== 'auto') return text === formatted;
  return text.replaceAll('\r\n', '\n') === formatted.replaceAll('\r\n', '\n');
}

function unreadable(file: string, error: unknown): FormattedFile {
  if (!(error instanceof Failure)) throw error;
  return { path: file, status: 'unreadable', diagnostics: [], failure: error };
}

function refuseBinary(bytes: Uint8Array, given: string): void {
  if (isWasm(bytes))
    throw inputFailure(`${displayName(given)} is a WebAssembly binary, and only WIT text can be formatted`);
  refuseWrongFile(bytes, given);
}

/** Directories without sources of this package. */
const SKIPPED = new Set(['deps', 'node_modules', 'dist', 'target']);

/**
 * Lists the `.wit` files of a file or directory, relative to the path as the user wrote it. A directory that cannot be
 * read is listed with the reason.
 */
async function witFiles(
  context: CommandContext,
  given: string,
): Promise<(FormattedFile | { readonly path: string })[]> {
  const absolute = path.resolve(context.io.cwd, given);
  try {
    if (!(await stat(absolute)).isDirectory()) return [{ path: given }];
    const entries = await readdir(absolute, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const found: (FormattedFile | { readonly path: string })[] = [];
    for (const entry of entries) {
      const inner = path.join(given, entry.name);
      // A link may lead anywhere, so it is followed only if it is named. What else is not a file cannot be read, which
      // is reported.
      const isOther = entry.isDirectory() || entry.isSymbolicLink();
      if (!isOther && entry.name.endsWith('.wit')) found.push({ path: inner });
      const isSource = entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.');
      if (isSource) found.push(...(await witFiles(context, inner)));
    }
    return found;
  } catch (error) {
    return [unreadable(given, fileFailure('read', given, error))];
  }
}
