import { createHash } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, Failure, EXIT } from './failure.ts';
import { inside, writeFiles, type FileToWrite } from './write-files.ts';

/**
 * Generated files carry a seal in their second line, a hash of the rest. A file whose seal is broken was changed by hand and
 * is not overwritten unasked. What a formatter or a checkout changes does not count: white space, quotes, and commas or
 * semicolons at the end of lines.
 */
const SEAL = /^\/\/ wit-ts seal ([0-9a-f]{16})\r?\n/mu;

/** The text with its seal, after the first line, which says where the text comes from. */
export function seal(content: string): string {
  const end = content.indexOf('\n') + 1;
  return `${content.slice(0, end)}// wit-ts seal ${hash(content)}\n${content.slice(end)}`;
}

/** Whether a text is as it was generated. */
export function isUntouched(text: string): boolean {
  const match = SEAL.exec(text);
  return match !== null && hash(text.replace(SEAL, '')) === match[1];
}

/** Whether nothing is lost with a text: it is as it was generated, or, by a library call without a seal, as it is to be. */
function isOurs(text: string, next: string): boolean {
  return isUntouched(text) || hash(text) === hash(next.replace(SEAL, ''));
}

function hash(text: string): string {
  const essence = text.replace(/[\s'"`;,()]/gu, '');
  return createHash('sha256').update(essence).digest('hex').slice(0, 16);
}

export type Status = 'new' | 'changed' | 'same' | 'stale';

/** What writing a set of generated files would do to a directory. */
export interface Changes {
  readonly directory: string;
  readonly files: readonly (FileToWrite & { readonly status: Status })[];
  /** Files that were changed by hand, or were never generated, where one is to be written. */
  readonly foreign: readonly string[];
}

/** Compares what is to be with what is there. Files of the same source that are not generated any more are `stale`. */
export async function changesOf(directory: string, files: readonly FileToWrite[]): Promise<Changes> {
  const result: (FileToWrite & { status: Status })[] = [];
  const foreign: string[] = [];
  for (const file of files) {
    const existing = await read(inside(directory, file.path));
    const status = existing === undefined ? 'new' : unix(existing) === file.content ? 'same' : 'changed';
    if (status === 'changed' && !isOurs(existing ?? '', file.content)) foreign.push(file.path);
    result.push({ ...file, status });
  }
  const wanted = new Set(files.map((file) => file.path));
  const headers = new Set(files.map((file) => firstLine(file.content)));
  for (const name of await list(directory)) {
    if (wanted.has(name)) continue;
    const text = (await read(path.join(directory, name))) ?? '';
    if (headers.has(firstLine(text)) && isUntouched(text))
      result.push({ path: name, content: '', status: 'stale' });
  }
  return { directory, files: result, foreign };
}

/**
 * Makes the directory as it is to be.
 *
 * @throws Failure where that would destroy what a person wrote, unless forced
 */
export async function apply(changes: Changes, force: boolean): Promise<void> {
  const { directory, files, foreign } = changes;
  if (foreign.length > 0 && !force) {
    const [first = ''] = foreign;
    const which = foreign.length === 1 ? `${first} is` : `${first} and ${foreign.length - 1} more files are`;
    const help =
      'move the changes elsewhere, choose another directory with `-o`, or pass `--force` to overwrite';
    throw new Failure(
      EXIT.no,
      `${which} not overwritten: not as generated, so somebody changed it by hand`,
      help,
    );
  }
  const toWrite = files.filter(({ status }) => status === 'new' || status === 'changed');
  if (toWrite.length > 0) await writeFiles(directory, toWrite);
  for (const file of files)
    if (file.status === 'stale') await rm(inside(directory, file.path), { force: true });
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileFailure('read', file, error);
  }
}

/** Where bindings put files; a directory of a person's choice may hold a whole project beside. */
const FOLDERS = ['', 'interfaces/', 'exports/'];

async function list(directory: string): Promise<string[]> {
  const names: string[] = [];
  for (const folder of FOLDERS) {
    try {
      const entries = await readdir(path.join(directory, folder), { withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
      names.push(...files.map((entry) => `${folder}${entry.name}`).sort());
    } catch (error) {
      if (!isMissing(error)) throw fileFailure('read', directory, error);
    }
  }
  return names;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function firstLine(text: string): string {
  return unix(text.slice(0, text.indexOf('\n')));
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\r$/u, '');
}
