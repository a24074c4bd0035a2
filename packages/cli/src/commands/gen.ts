import type { GenerateOptions } from '@wit-ts/bindgen';
import path from 'node:path';
import { EXIT, usageFailure, type ExitCode } from '../failure.ts';
import { applyChanges, changesOf, seal, type DirectoryChanges } from '../generated-files.ts';
import { displayName, readWorld } from '../read-input.ts';
import { missingRuntimeWarning } from '../missing-runtime.ts';
import { diagnosticsJson, type CommandContext, type WitOptions } from '../command-context.ts';
import { lineText } from '../output-text.ts';
import type { FileToWrite } from '../write-files.ts';

interface GenOptions extends WitOptions {
  readonly out?: string;
  readonly guest?: boolean;
  readonly importExtension: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly force?: boolean;
}

/** Generates TypeScript bindings for a world. */
export async function gen(
  context: CommandContext,
  args: readonly string[],
  options: GenOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  checkOptions(given, options);
  if (options.watch !== true) return generateOnce(context, given, options, options.check !== true);
  const { watchInput } = await import('../watch-input.ts');
  const input = path.resolve(context.io.cwd, given);
  let isFirst = true;
  return watchInput(context, input, outputDirectoryOf(context, given, options), async () => {
    await generateOnce(context, given, options, isFirst);
    isFirst = false;
  });
}

function checkOptions(given: string, options: GenOptions): void {
  if (options.watch === true && given === '-') throw usageFailure('`--watch` cannot watch standard input');
  if (options.watch === true && options.check === true)
    throw usageFailure('`--watch` writes files and `--check` does not: choose one');
  if (options.out === '-' && (options.check === true || options.watch === true)) {
    throw usageFailure('`-o -` prints the files, so it works with neither `--check` nor `--watch`');
  }
}

async function generateOnce(
  context: CommandContext,
  given: string,
  options: GenOptions,
  warns: boolean,
): Promise<ExitCode> {
  const { files, diagnostics } = await context.progress(`generating bindings for ${given}`, () =>
    generated(context, given, options),
  );
  if (options.out === '-') {
    if (context.json) context.outJson({ files });
    else context.out(printed(files));
    return EXIT.success;
  }
  const directory = outputDirectoryOf(context, given, options);
  const sealed = files.map(({ path: file, content }) => ({ path: file, content: seal(content) }));
  const changes = await changesOf(directory, sealed);
  if (options.check !== true) await applyChanges(changes, options.force ?? false);
  const stale = changes.files.filter(({ status }) => status !== 'same');
  if (context.json) {
    context.outJson({
      directory,
      files: changes.files.map(({ path: file, status }) => ({ path: file, status })),
      diagnostics: diagnosticsJson(diagnostics),
    });
  } else printChanges(context, changes, options.check ?? false);
  const warning = warns ? missingRuntimeWarning(directory, files) : undefined;
  if (warning !== undefined)
    context.note(context.lines ? lineText('', 'warning', 'missing-runtime', warning) : `warning: ${warning}`);
  return options.check === true && stale.length > 0 ? EXIT.checkFailed : EXIT.success;
}

async function generated(context: CommandContext, given: string, options: GenOptions) {
  const [{ generate }, { resolve, world, input }] = await Promise.all([
    import('@wit-ts/bindgen'),
    readWorld(context, given, options),
  ]);
  if (input.tag === 'component') {
    const { refuseUnwritableNames } = await import('../writable-names.ts');
    refuseUnwritableNames(input.component, displayName(given));
  }
  const files: readonly FileToWrite[] = await generate(resolve, world, {
    side: options.guest === true ? 'guest' : 'host',
    importExtension: extensionOf(options.importExtension),
  });
  return { files, diagnostics: input.tag === 'wit' ? input.diagnostics : [] };
}

function extensionOf(text: string): NonNullable<GenerateOptions['importExtension']> {
  if (text === 'none') return '';
  if (text === '.js' || text === '.ts') return text;
  throw usageFailure(`\`--import-extension\` does not accept \`${text}\``, 'choose .js, .ts or none');
}

/** Joins the files, each under a line with its path; a single file stays as it is. */
function printed(files: readonly FileToWrite[]): string {
  if (files.length === 1) return files[0]!.content;
  return files.map(({ path: file, content }) => `// ---- ${file}\n${content}`).join('\n');
}

function printChanges(
  context: CommandContext,
  { directory, files }: DirectoryChanges,
  checking: boolean,
): void {
  const relative = path.relative(context.io.cwd, directory) || '.';
  const shown = relative.startsWith('..') ? directory : relative;
  const differing = files.filter(({ status }) => status !== 'same');
  if (differing.length === 0) context.note(`${shown} is up to date (${counted(files.length)})`);
  const written = differing.filter(({ status }) => status !== 'stale');
  if (!checking && written.length > MAX_LISTED)
    context.note(`wrote ${counted(written.length)} into ${shown}`);
  for (const { path: file, status } of differing) {
    if (!checking && written.length > MAX_LISTED && status !== 'stale') continue;
    const verb = checking ? TO_DO[status] : DONE[status];
    const text = `${verb} ${path.join(shown, file)}`;
    if (checking && context.lines)
      context.outLine(
        `${path.join(shown, file)}:1:1`,
        'error',
        'out-of-date',
        TO_DO[status].replace(':', ''),
      );
    else if (checking) context.out(text);
    else context.note(text);
  }
}

/** More files than these are counted, not named. */
const MAX_LISTED = 10;

const DONE = { new: 'wrote', changed: 'wrote', same: 'kept', stale: 'removed' } as const;
const TO_DO = {
  new: 'missing:',
  changed: 'out of date:',
  same: 'kept',
  stale: 'no longer generated:',
} as const;

function counted(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

/**
 * `generated/` beside the input; if the input contains the current directory, `generated/` in the current directory.
 */
function outputDirectoryOf({ io }: CommandContext, given: string, { out }: GenOptions): string {
  if (out !== undefined) return path.resolve(io.cwd, out);
  if (given === '-') return path.resolve(io.cwd, 'generated');
  const input = path.resolve(io.cwd, given);
  const isAround =
    io.cwd === input || io.cwd.startsWith(input.endsWith(path.sep) ? input : `${input}${path.sep}`);
  return path.join(isAround ? io.cwd : path.dirname(input), 'generated');
}
