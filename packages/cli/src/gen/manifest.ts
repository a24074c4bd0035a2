import type { Side } from '@wit-ts/bindgen';
import path from 'node:path';
import { optionsIn, wordsOf, type GenerationOptions } from './generation-options.ts';

/**
 * The file of an output directory that says which world each generated file belongs to. It is a text with one fact on a
 * line, in a fixed order, so that git merges it; a merge that leaves both sides and its markers in the file gives the
 * union, which is right as well.
 */
export const MANIFEST = '.wit-ts-files';

/** One world that was generated into a directory for one side. */
export interface ManifestEntry {
  readonly side: Side;
  /** The full name without the version, so that a new version of the package is the same world. */
  readonly world: string;
  /** The absolute path of the WIT or component; `-` for standard input. */
  readonly input: string;
  readonly options: GenerationOptions;
  /** The absolute path of the config file that names the world; absent for a world of the command line. */
  readonly config?: string;
  /** The paths of its files, relative to the directory. */
  readonly files: readonly string[];
}

const HEADING = '# Written by wit-ts gen: the world that each file belongs to. Keep it beside the files.\n';

/** Returns what tells the worlds of a directory apart: the side and the name. */
export function identityOf({ side, world }: Pick<ManifestEntry, 'side' | 'world'>): string {
  return `${side} ${world}`;
}

export function printManifest(directory: string, entries: readonly ManifestEntry[]): string {
  const lines = entries.flatMap((entry) => [
    [identityOf(entry), 'from', relative(directory, entry.input), ...sourceWords(directory, entry)].join(' '),
    ...entry.files.map((file) => `${identityOf(entry)} has ${escape(file)}`),
  ]);
  return HEADING + lines.sort().join('\n') + '\n';
}

function sourceWords(directory: string, { options, config }: ManifestEntry): string[] {
  return [
    ...wordsOf(options).map(escape),
    ...(config === undefined ? [] : ['--config', relative(directory, config)]),
  ];
}

/** Reads a manifest. Lines of another form are skipped: a merge or a later version may have written them. */
export function parseManifest(directory: string, text: string): ManifestEntry[] {
  const found = new Map<string, { entry?: Omit<ManifestEntry, 'files'>; files: Set<string> }>();
  for (const line of text.split(/\r?\n/u)) {
    const [side, world = '', verb, ...words] = line.split(' ');
    if ((side !== 'host' && side !== 'guest') || words.length === 0) continue;
    const identity = identityOf({ side, world });
    const known = found.get(identity) ?? { files: new Set() };
    found.set(identity, known);
    const [first = ''] = words.map(unescape);
    if (verb === 'has' && isGeneratedPath(first)) known.files.add(first);
    if (verb === 'from') known.entry = { side, world, ...readSource(directory, words.map(unescape)) };
  }
  return [...found.values()].flatMap(({ entry, files }) =>
    entry === undefined ? [] : [{ ...entry, files: [...files].sort() }],
  );
}

function readSource(
  directory: string,
  [input = '', ...words]: readonly string[],
): Pick<ManifestEntry, 'input' | 'options' | 'config'> {
  const at = words.indexOf('--config');
  const config = at === -1 ? undefined : words[at + 1];
  return {
    input: input === '-' ? '-' : path.resolve(directory, input),
    options: optionsIn(words),
    ...(config === undefined ? {} : { config: path.resolve(directory, config) }),
  };
}

/** Where bindings are. Other folders are not searched: the output directory may contain a whole project. */
export const FOLDERS = ['', 'interfaces/', 'exports/'] as const;

/** Returns true if a path is one that `gen` may have written: a manifest may come from anywhere. */
function isGeneratedPath(file: string): boolean {
  return /^(?:(?:interfaces|exports)\/)?[^/\\]+\.ts$/u.test(file);
}

function relative(directory: string, target: string): string {
  if (target === '-') return '-';
  return escape(path.relative(directory, target).split(path.sep).join('/') || '.');
}

/** Escapes what separates words and lines. */
function escape(text: string): string {
  return text.replace(/[%\s\p{Cc}]/gu, encodeURIComponent);
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
