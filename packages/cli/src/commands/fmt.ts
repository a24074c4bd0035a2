import { hasErrors, type Diagnostic } from '@wit-ts/diagnostics';
import { format } from '@wit-ts/wit';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, fileFailure, usageFailure, type ExitCode } from '../failure.ts';
import { read, textOf } from '../input.ts';
import { diagnosticsJson, type CommonOptions, type Session } from '../session.ts';
import { replaceFile } from '../write-files.ts';

interface FmtOptions extends CommonOptions {
  readonly check?: boolean;
}

type Status = 'formatted' | 'changed' | 'invalid';

export async function fmt(session: Session, args: readonly string[], options: FmtOptions): Promise<ExitCode> {
  if (args.includes('-')) {
    if (args.length > 1) throw usageFailure('standard input is formatted alone: `wit-ts fmt -`');
    return formatStdin(session, options);
  }
  const files: { path: string; status: Status }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const given of args.length === 0 ? ['.'] : args) {
    for (const file of await witFiles(session, given)) {
      const result = await formatFile(session, file, options);
      files.push({ path: file, status: result.status });
      diagnostics.push(...result.diagnostics);
      session.diagnostics(result.diagnostics);
    }
  }
  const changed = files.filter(({ status }) => status === 'changed');
  const invalid = files.some(({ status }) => status === 'invalid');
  if (session.json) session.outJson({ files, diagnostics: diagnosticsJson(diagnostics) });
  else if (options.check === true) for (const file of changed) session.out(`not formatted: ${file.path}`);
  else for (const file of changed) session.note(`formatted ${file.path}`);
  if (files.length === 0) session.note('there is no .wit file');
  else if (changed.length === 0 && !invalid)
    session.note(`${files.length === 1 ? 'the file is' : `all ${files.length} files are`} formatted`);
  return invalid || (options.check === true && changed.length > 0) ? EXIT.no : EXIT.fine;
}

async function formatStdin(session: Session, options: FmtOptions): Promise<ExitCode> {
  const text = textOf(await session.io.stdin());
  const { value, diagnostics } = format(text, { path: '<stdin>' });
  session.diagnostics(diagnostics);
  const invalid = hasErrors(diagnostics);
  if (session.json) {
    session.outJson({
      formatted: value === text,
      ...(invalid ? {} : { text: value }),
      diagnostics: diagnosticsJson(diagnostics),
    });
  } else if (!invalid && options.check !== true) session.io.stdout.write(value);
  else if (!invalid && value !== text) session.out('not formatted: <stdin>');
  return invalid || (options.check === true && value !== text) ? EXIT.no : EXIT.fine;
}

async function formatFile(
  session: Session,
  file: string,
  options: FmtOptions,
): Promise<{ status: Status; diagnostics: readonly Diagnostic[] }> {
  const absolute = path.resolve(session.io.cwd, file);
  const text = textOf(await read(absolute, file), file);
  const { value, diagnostics } = format(text, { path: file });
  if (hasErrors(diagnostics)) return { status: 'invalid', diagnostics };
  if (value === text) return { status: 'formatted', diagnostics };
  if (options.check !== true) await replaceFile(absolute, value);
  return { status: 'changed', diagnostics };
}

/** `deps/` belong to others, and these to nobody's sources. */
const SKIPPED = new Set(['deps', 'node_modules', 'dist', 'target']);

/** The `.wit` files that a path means, as paths that a person recognises. */
async function witFiles(session: Session, given: string): Promise<string[]> {
  const absolute = path.resolve(session.io.cwd, given);
  try {
    if (!(await stat(absolute)).isDirectory()) return [given];
    const entries = await readdir(absolute, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const found: string[] = [];
    for (const entry of entries) {
      const inner = path.join(given, entry.name);
      if (entry.isFile() && entry.name.endsWith('.wit')) found.push(inner);
      const isSource = entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.');
      if (isSource) found.push(...(await witFiles(session, inner)));
    }
    return found;
  } catch (error) {
    if (error instanceof Error && error.name === 'Failure') throw error;
    throw fileFailure('read', given, error);
  }
}
