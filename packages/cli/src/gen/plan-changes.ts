import { isDeepStrictEqual } from 'node:util';
import { EXIT, Failure, Findings } from '../failure.ts';
import { isOverwritable } from '@wit-ts/bindgen/seal';
import { subjectOf, unix } from '../generated-files.ts';
import type { FileToWrite } from '../write-files.ts';
import { withoutVersion, type Generation, type Generator, type WorldNames } from './generations.ts';
import type { GenerationOptions } from './generation-options.ts';
import { identityOf, printManifest, type ManifestEntry } from './manifest.ts';
import { isRemoved, readTarget, type OutputDirectory } from './output-directory.ts';
import { staleFiles } from './stale-files.ts';

type FileStatus = 'new' | 'changed' | 'same' | 'stale';

/** The effect that writing generated files has on a directory. */
export interface DirectoryChanges {
  readonly directory: string;
  readonly files: readonly (FileToWrite & { readonly status: FileStatus })[];
  /** Files to be written that exist and were edited by hand, or were never generated. */
  readonly edited: readonly string[];
  /** The new text of the manifest; undefined if it stays as it is. */
  readonly manifest: string | undefined;
}

/**
 * Compares what was generated with a directory. Files of worlds that are not generated now stay as they are, as long as
 * these worlds exist; files that no existing world needs are stale.
 *
 * @throws Failure if two existing worlds need different contents in one file, unless forced
 */
export async function planChanges(
  directory: OutputDirectory,
  generations: readonly Generation[],
  generator: Generator,
  force: boolean,
): Promise<DirectoryChanges> {
  const plan = new Plan(directory, generations, generator, force);
  return plan.changes();
}

class Plan {
  readonly #directory: OutputDirectory;
  readonly #generations: readonly Generation[];
  readonly #generator: Generator;
  readonly #force: boolean;

  constructor(
    directory: OutputDirectory,
    generations: readonly Generation[],
    generator: Generator,
    force: boolean,
  ) {
    this.#directory = directory;
    this.#generations = generations;
    this.#generator = generator;
    this.#force = force;
  }

  async changes(): Promise<DirectoryChanges> {
    const wanted = this.#wanted();
    const others = await this.#livingOthers();
    const files: (FileToWrite & { status: FileStatus })[] = [];
    const edited: string[] = [];
    for (const [path, { content, generation }] of wanted) {
      const existing = this.#directory.exists ? readTarget(this.#directory.path, path) : undefined;
      const status = existing === undefined ? 'new' : unix(existing) === content ? 'same' : 'changed';
      if (status !== 'same') await this.#refuseClash(path, content, generation, others, existing);
      if (status === 'changed' && !isOverwritable(existing ?? '', content)) edited.push(path);
      files.push({ path, content, status });
    }
    const living = [...others.values()];
    const stale = staleFiles(this.#directory, this.#generations, living);
    const entries = [
      ...living,
      ...this.#generations.map((each) => ({ ...each, files: each.files.map(({ path }) => path) })),
    ];
    const manifest = printManifest(this.#directory.path, entries);
    return {
      directory: this.#directory.path,
      files: [...files, ...stale.map((path) => ({ path, content: '', status: 'stale' as const }))],
      edited,
      manifest: unix(this.#directory.manifest ?? '') === manifest ? undefined : manifest,
    };
  }

  /** The files of this run, those that several worlds share once. */
  #wanted(): Map<string, { readonly content: string; readonly generation: Generation }> {
    const wanted = new Map<string, { readonly content: string; readonly generation: Generation }>();
    for (const generation of this.#generations) {
      for (const { path, content } of generation.files) {
        const other = wanted.get(path);
        if (other !== undefined && other.content !== content) throw clash(path, generation, other.generation);
        wanted.set(path, { content, generation });
      }
    }
    return wanted;
  }

  /** The worlds of the directory that are not generated now and still exist, by identity. */
  async #livingOthers(): Promise<Map<string, ManifestEntry>> {
    const current = new Map(this.#generations.map((each) => [identityOf(each), each]));
    const living = new Map<string, ManifestEntry>();
    for (const entry of this.#directory.entries) {
      const same = current.get(identityOf(entry));
      if (same !== undefined) await this.#refuseOtherVersion(entry, same);
      else if (!(await this.#isGone(entry))) living.set(identityOf(entry), entry);
    }
    return living;
  }

  /** The same world of another input is an update, but two versions of a package that both exist are two worlds. */
  async #refuseOtherVersion(entry: ManifestEntry, generation: Generation): Promise<void> {
    if (this.#force || entry.input === generation.input || isRemoved(entry.input)) return;
    const now = await this.#again(entry);
    if (now !== undefined && now !== 'unknown' && now.fullName !== generation.fullName)
      throw clash(generation.files[0]!.path, generation, now);
  }

  async #isGone(entry: ManifestEntry): Promise<boolean> {
    // Whoever removes the file of a world by hand wants its other files removed, too.
    const root = entry.files.find((file) => !file.includes('/'));
    if (root === undefined || !this.#directory.files.has(root)) return true;
    // A config file names all worlds that it generates.
    if (entry.config !== undefined && this.#generations.some(({ config }) => config === entry.config))
      return true;
    if (entry.input === '-') return false;
    const names = this.#generations.find(({ input }) => input === entry.input)?.worldsOfInput;
    if (names === undefined) return isRemoved(entry.input);
    if (this.#has(names, entry)) return false;
    // A world may exist under a feature that is not enabled now.
    const all = await this.#generator.worldNames(entry.input);
    return all !== undefined && !this.#has(all, entry);
  }

  /** Returns true if an input has a world, perhaps in a renamed package, and not generated under the new name. */
  #has(names: WorldNames, { side, world }: ManifestEntry): boolean {
    if (names.all.has(world)) return true;
    const isGenerated = this.#generations.some(
      (each) => each.side === side && plainName(each.world) === plainName(world),
    );
    return names.main.has(plainName(world)) && !isGenerated;
  }

  /** @param others is changed: a world that turns out not to exist is removed */
  async #refuseClash(
    path: string,
    content: string,
    generation: Generation,
    others: Map<string, ManifestEntry>,
    existing: string | undefined,
  ): Promise<void> {
    if (this.#force) {
      for (const [identity, { files }] of others)
        if (!path.includes('/') && files.includes(path)) others.delete(identity);
      return;
    }
    const claimants = [...others].filter(([, { files }]) => files.includes(path));
    for (const [identity, entry] of claimants) {
      const now = await this.#again(entry);
      if (now === 'unknown') throw clash(path, generation, entry);
      if (now === undefined) others.delete(identity);
      const next = now?.files.find((file) => file.path === path);
      if (next !== undefined && next.content !== content) throw clash(path, generation, entry);
    }
    const isKnown = this.#directory.entries.some(({ files }) => files.includes(path));
    const subject = isKnown || path.includes('/') ? undefined : subjectOf(existing ?? '');
    const world = subject === undefined ? undefined : withoutVersion(subject);
    // A file of a directory without a manifest.
    if (world !== undefined && world !== generation.world && generation.worldsOfInput.all.has(world))
      throw clash(path, generation, { side: generation.side, world });
  }

  /** What a world of the directory would be if it were generated now; `unknown` if its input has errors. */
  async #again(entry: ManifestEntry): Promise<Generation | 'unknown' | undefined> {
    try {
      return await this.#generator.again(entry);
    } catch (error) {
      if (!(error instanceof Findings || error instanceof Failure)) throw error;
      return isRemoved(entry.input) ? undefined : 'unknown';
    }
  }
}

function plainName(world: string): string {
  return world.slice(world.indexOf('/') + 1);
}

type Clashing = Pick<ManifestEntry, 'side' | 'world'> & {
  readonly fullName?: string;
  readonly input?: string;
  readonly options?: GenerationOptions;
};

function clash(path: string, wanted: Generation, other: Clashing): Failure {
  if (named(wanted) === named(other) && other.options !== undefined && other.input === wanted.input)
    return new Failure(
      EXIT.checkFailed,
      `\`${path}\` is generated twice from ${named(wanted)}, with different options; nothing was written`,
      'leave one of the two out, or choose another directory for it: `out` in the config file',
    );
  const isElsewhere = other.input !== undefined && other.input !== wanted.input;
  const from = isElsewhere ? `, generated from \`${other.input}\`` : '';
  return new Failure(
    EXIT.checkFailed,
    `\`${path}\` differs between ${named(wanted)} and ${named(other)}${from}; nothing was written`,
    isElsewhere || other.options === undefined || isDeepStrictEqual(other.options, wanted.options)
      ? 'choose another directory with `-o` for one of them, or pass `--force` if the other is not needed any more'
      : 'they have other options: generate both in one run, or choose another directory with `-o` for one of them',
  );
}

function named({ fullName, world, side }: Clashing): string {
  return `\`${fullName ?? world}\`${side === 'guest' ? ' (guest)' : ''}`;
}
