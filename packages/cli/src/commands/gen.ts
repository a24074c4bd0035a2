import type { GenerateOptions } from '@wit-ts/bindgen';
import path from 'node:path';
import { EXIT, usageFailure, type ExitCode } from '../failure.ts';
import { apply, changesOf, seal, type Changes } from '../generated.ts';
import { readWorld } from '../input.ts';
import type { WitOptions } from '../program.ts';
import { diagnosticsJson, type Session } from '../session.ts';
import type { FileToWrite } from '../write-files.ts';

export interface GenOptions extends WitOptions {
  readonly out?: string;
  readonly guest?: boolean;
  readonly importExtension: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly force?: boolean;
}

export async function gen(session: Session, args: readonly string[], options: GenOptions): Promise<ExitCode> {
  const [given = ''] = args;
  checkOptions(given, options);
  if (options.watch !== true) return generateOnce(session, given, options);
  const { watchInput } = await import('../watch.ts');
  return watchInput(
    session,
    path.resolve(session.io.cwd, given),
    outputOf(session, given, options),
    async () => {
      await generateOnce(session, given, options);
    },
  );
}

function checkOptions(given: string, options: GenOptions): void {
  if (options.watch === true && given === '-') throw usageFailure('standard input cannot be watched');
  if (options.watch === true && options.check === true)
    throw usageFailure('`--watch` writes and `--check` does not: choose one');
  if (options.out === '-' && (options.check === true || options.watch === true)) {
    throw usageFailure('`-o -` prints, so there is nothing to check or to watch');
  }
}

async function generateOnce(session: Session, given: string, options: GenOptions): Promise<ExitCode> {
  const { files, diagnostics } = await session.progress(`generating bindings for ${given}`, () =>
    generated(session, given, options),
  );
  if (options.out === '-') {
    if (session.json) session.outJson({ files });
    else session.out(printed(files));
    return EXIT.fine;
  }
  const directory = outputOf(session, given, options);
  const changes = await changesOf(
    directory,
    files.map(({ path: file, content }) => ({ path: file, content: seal(content) })),
  );
  if (options.check !== true) await apply(changes, options.force ?? false);
  const stale = changes.files.filter(({ status }) => status !== 'same');
  if (session.json) {
    session.outJson({
      directory,
      files: changes.files.map(({ path: file, status }) => ({ path: file, status })),
      diagnostics: diagnosticsJson(diagnostics),
    });
  } else report(session, changes, options.check ?? false);
  return options.check === true && stale.length > 0 ? EXIT.no : EXIT.fine;
}

async function generated(session: Session, given: string, options: GenOptions) {
  const [{ generate }, { resolve, world, input }] = await Promise.all([
    import('@wit-ts/bindgen'),
    readWorld(session, given, options),
  ]);
  const files: readonly FileToWrite[] = await generate(resolve, world, {
    side: options.guest === true ? 'guest' : 'host',
    importExtension: extensionOf(options.importExtension),
  });
  return { files, diagnostics: input.tag === 'wit' ? input.diagnostics : [] };
}

function extensionOf(text: string): NonNullable<GenerateOptions['importExtension']> {
  if (text === 'none') return '';
  if (text === '.js' || text === '.ts') return text;
  throw usageFailure(`\`--import-extension ${text}\` is unknown`, 'choose .js, .ts or none');
}

/** Files one after the other; a single one as it is. */
function printed(files: readonly FileToWrite[]): string {
  if (files.length === 1) return files[0]!.content;
  return files.map(({ path: file, content }) => `// ---- ${file}\n${content}`).join('\n');
}

function report(session: Session, { directory, files }: Changes, checking: boolean): void {
  const relative = path.relative(session.io.cwd, directory) || '.';
  const place = relative.startsWith('..') ? directory : relative;
  const differing = files.filter(({ status }) => status !== 'same');
  if (differing.length === 0) session.note(`${place} is up to date (${counted(files.length)})`);
  const written = differing.filter(({ status }) => status !== 'stale');
  if (!checking && written.length > MAX_LISTED)
    session.note(`wrote ${counted(written.length)} into ${place}`);
  for (const { path: file, status } of differing) {
    if (!checking && written.length > MAX_LISTED && status !== 'stale') continue;
    const verb = checking ? TO_DO[status] : DONE[status];
    const text = `${verb} ${path.join(place, file)}`;
    if (checking) session.out(text);
    else session.note(text);
  }
}

/** More files than these are counted, not named. */
const MAX_LISTED = 10;

const DONE = { new: 'wrote', changed: 'wrote', same: 'kept', stale: 'removed' } as const;
const TO_DO = { new: 'missing', changed: 'stale', same: 'kept', stale: 'no longer generated' } as const;

function counted(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

/** `generated/` beside the input; for the current directory, or one around it, in the current directory. */
export function outputOf({ io }: Session, given: string, { out }: GenOptions): string {
  if (out !== undefined) return path.resolve(io.cwd, out);
  if (given === '-') return path.resolve(io.cwd, 'generated');
  const input = path.resolve(io.cwd, given);
  const isAround =
    io.cwd === input || io.cwd.startsWith(input.endsWith(path.sep) ? input : `${input}${path.sep}`);
  return path.join(isAround ? io.cwd : path.dirname(input), 'generated');
}
