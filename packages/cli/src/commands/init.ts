import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { CommandContext, CommonOptions } from '../command-context.ts';
import { EXIT, type ExitCode, Failure, fileFailure, usageFailure } from '../failure.ts';
import { shownDirectory } from '../gen/print-changes.ts';
import { projectFiles, type ProjectSides } from '../init/project-files.ts';
import { projectNames } from '../init/project-names.ts';
import { version } from '../version.ts';
import { writeFiles } from '../write-files.ts';

interface InitOptions extends CommonOptions {
  readonly host?: boolean;
  readonly guest?: boolean;
  readonly both?: boolean;
  readonly world?: string;
}

/** Starts a project in an empty directory: a world, a guest, and a host that runs it. */
export async function init(
  context: CommandContext,
  [given = '.']: readonly string[],
  options: InitOptions,
): Promise<ExitCode> {
  const { cwd } = context.io;
  if (given === '')
    throw usageFailure('the name of the directory is empty', 'write it like `wit-ts init greeter`');
  const directory = path.resolve(cwd, given);
  const sides = sidesOf(options);
  const names = projectNames(directory, options.world);
  const before = await filesBefore(directory, given);
  const all = projectFiles(names, sides, version);
  const files = all.filter((file) => !before.includes(file.path));
  const kept = all.filter((file) => before.includes(file.path));
  writeFiles(directory, files);
  if (context.json) {
    context.outJson({ directory, files: files.map((file) => file.path) });
    return EXIT.success;
  }
  const isHere = directory === cwd;
  const shown = isHere ? '' : shownDirectory(directory, cwd);
  for (const file of files) context.note(`wrote ${path.join(shown, file.path)}`);
  for (const file of kept)
    context.note(
      `kept ${path.join(shown, file.path)}: it exists, so it is yours; it should have ${file.content.trim().split('\n').join(' and ')}`,
    );
  const commands = ['npm install', 'npm run build', ...(sides.host ? ['npm start'] : [])];
  if (!sides.guest)
    context.note(`put a component of the world at ${path.join(shown, `${names.world}.wasm`)}`);
  context.note(`next: ${[...(isHere ? [] : [`cd ${shellWord(shown)}`]), ...commands].join(' && ')}`);
  return EXIT.success;
}

/** A path as one word of a shell of POSIX: names with spaces or marks of the shell are quoted. */
function shellWord(text: string): string {
  if (/^[\p{L}\p{N}_./:@%+][\p{L}\p{N}_./:@%+-]*$/u.test(text) || process.platform === 'win32') return text;
  const quoted = `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return text.startsWith('-') ? `-- ${quoted}` : quoted;
}

function sidesOf({ host = false, guest = false, both = false }: InitOptions): ProjectSides {
  if ([host, guest, both].filter(Boolean).length > 1)
    throw usageFailure(
      '`--host`, `--guest` and `--both` exclude each other',
      'without them, a project has both',
    );
  return { host: !guest, guest: !host };
}

/**
 * A directory with these only is empty: version control and file managers put them there. A `.gitignore`, which a new
 * repository often has, stays as it is.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  '.gitignore',
  '.git',
  '.gitattributes',
  '.gitkeep',
  '.hg',
  '.svn',
  '.DS_Store',
  'Thumbs.db',
  'desktop.ini',
]);

/**
 * Returns the files that the directory has already, none of which is written.
 *
 * @throws Failure if the directory has other files than those of `ALLOWED`, or is something else
 */
async function filesBefore(directory: string, given: string): Promise<readonly string[]> {
  let found: readonly string[];
  try {
    found = await readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw fileFailure('write', given, error);
  }
  const other = found.find((name) => !ALLOWED.has(name));
  if (other === undefined) return found;
  throw new Failure(
    EXIT.checkFailed,
    `\`${given}\` is not empty: it has \`${other}\`, so nothing was written`,
    'choose a new directory: `wit-ts init greeter`',
  );
}
