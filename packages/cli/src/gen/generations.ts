import type { GenerateOptions, Side } from '@wit-ts/bindgen';
import type { Diagnostic } from '@wit-ts/diagnostics';
import { checkedChoices } from '@wit-ts/mapping';
import { parseQualifiedName, qualifiedName, type Package, type Resolve, type World } from '@wit-ts/model';
import { Findings, Failure } from '../failure.ts';
import { seal } from '@wit-ts/bindgen/seal';
import { displayName, readInput, type Input } from '../read-input.ts';
import { selectWorldOrThrow } from '../select-world.ts';
import type { CommandContext } from '../command-context.ts';
import type { FileToWrite } from '../write-files.ts';
import { namesIn, refuseUnknownFunctions } from './async-lists.ts';
import { mappedIn, refuseUnknownInterfaces } from './interface-map.ts';
import { DEFAULTS, type GenerationOptions } from './generation-options.ts';
import type { ManifestEntry } from './manifest.ts';

/** Worlds to generate from one input into one directory. */
export interface Job {
  /** The path as the user wrote it, or `-`. */
  readonly given: string;
  /** The absolute path of the input, or `-`. */
  readonly input: string;
  /** The names of the worlds; `all` for every world of the package. Without a name it is the package's only world. */
  readonly worlds: readonly string[] | 'all';
  readonly side: Side;
  readonly options: GenerationOptions;
  /** The absolute path of the output directory. */
  readonly directory: string;
  readonly config?: string;
}

/** The files of one world for one side. */
export interface Generation extends Omit<ManifestEntry, 'files'> {
  /** The world's full name, with the version. */
  readonly fullName: string;
  /** The files, each with its seal. The first is the file of the world. */
  readonly files: readonly FileToWrite[];
  /** The same without seals. */
  readonly unsealed: readonly FileToWrite[];
  readonly worldsOfInput: WorldNames;
  /** Generates the skeleton of a host or a guest. @param bindings the path from it to the output directory */
  readonly stub: (bindings: string) => Promise<FileToWrite>;
}

/** The names of the worlds in an input. */
export interface WorldNames {
  /** The full names of all worlds, without versions. */
  readonly all: ReadonlySet<string>;
  /** The plain names of the main package's worlds. */
  readonly main: ReadonlySet<string>;
}

/** What jobs have in common: each input is read once, and its diagnostics are printed once. */
export class Generator {
  readonly #context: CommandContext;
  readonly #inputs = new Map<string, Promise<Input>>();
  readonly #diagnostics = new Set<Diagnostic>();

  constructor(context: CommandContext) {
    this.#context = context;
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.#diagnostics];
  }

  /** Generates the worlds of a job. */
  async run(job: Job): Promise<Generation[]> {
    const input = await this.#read(job.given, job.options, true);
    if (input.tag === 'wit') for (const diagnostic of input.diagnostics) this.#diagnostics.add(diagnostic);
    const generations: Generation[] = [];
    const worlds = await worldsOf(input, job.worlds);
    for (const world of worlds) generations.push(await this.#generate(job, input, world));
    await refuseUnknownFunctions(worlds, job.options);
    await refuseUnknownInterfaces(worlds, job.options.map);
    return generations;
  }

  /**
   * Generates what a world of a directory would be now. Returns `undefined` if its input does not have it any more.
   *
   * @throws if its input exists, but cannot be read now
   */
  async again(entry: ManifestEntry): Promise<Generation | undefined> {
    const input = await this.#read(entry.input, entry.options, false);
    const isMeant = (each: World): boolean => withoutVersion(nameOf(each)) === entry.world;
    // The package may have a new name.
    const renamed = mainPackage(input).worlds.get(entry.world.slice(entry.world.indexOf('/') + 1));
    const world = input.resolve.worlds.find(isMeant) ?? renamed;
    return world === undefined ? undefined : this.#generate({ ...entry, given: entry.input }, input, world);
  }

  /** Returns the worlds of an input under all features, or `undefined` if it cannot be read. */
  async worldNames(input: string): Promise<WorldNames | undefined> {
    const options = { ...DEFAULTS, allFeatures: true };
    try {
      return namesOf(await this.#read(input, options, false));
    } catch (error) {
      if (error instanceof Findings || error instanceof Failure) return undefined;
      throw error;
    }
  }

  /** The object of the options is passed on: a watcher's second run finds by it what it has read before. */
  #read(given: string, options: GenerationOptions, shown: boolean): Promise<Input> {
    const key = JSON.stringify([given, [...options.features].sort(), options.allFeatures]);
    let input = this.#inputs.get(key);
    if (input === undefined) {
      input = readInput(this.#context, given, options, (all) => (shown ? all : []));
      this.#inputs.set(key, input);
    }
    return input;
  }

  async #generate(
    job: Pick<Job, 'given' | 'input' | 'side' | 'options' | 'config'>,
    input: Input,
    world: World,
  ): Promise<Generation> {
    if (input.tag === 'component') {
      const { refuseUnwritableNames } = await import('../writable-names.ts');
      refuseUnwritableNames(input, displayName(job.given));
    }
    const { generate, generateStub } = await import('@wit-ts/bindgen');
    const options = await bindgenOptions(world, job);
    const files = await generate(input.resolve, world, options);
    const fullName = nameOf(world);
    return {
      side: job.side,
      world: withoutVersion(fullName),
      fullName,
      input: job.input,
      options: job.options,
      ...(job.config === undefined ? {} : { config: job.config }),
      files: files.map(({ path, content }) => ({ path, content: seal(content) })),
      unsealed: files,
      worldsOfInput: namesOf(input),
      stub: (bindings) => generateStub(input.resolve, world, { ...options, bindings }),
    };
  }
}

async function worldsOf(input: Input, names: Job['worlds']): Promise<readonly World[]> {
  const main = mainPackage(input);
  if (input.tag === 'component' && names.length === 0) return [input.world];
  if (names === 'all' && main.worlds.size > 0) return [...main.worlds.values()];
  const wanted = names === 'all' || names.length === 0 ? [undefined] : names;
  const worlds = new Set<World>();
  for (const name of wanted) worlds.add(await selectWorldOrThrow(input.resolve, main, name));
  return [...worlds];
}

function mainPackage(input: Input): Package {
  return input.tag === 'wit' ? input.package : input.world.package!;
}

function namesOf(input: { readonly resolve: Resolve } & Input): WorldNames {
  return {
    all: new Set(input.resolve.worlds.map((world) => withoutVersion(nameOf(world)))),
    main: new Set(mainPackage(input).worlds.keys()),
  };
}

function nameOf(world: World): string {
  return world.package === undefined ? world.name : qualifiedName(world.package.name, world.name);
}

/** Returns a full name without its version. */
export function withoutVersion(name: string): string {
  const full = parseQualifiedName(name);
  if (full === undefined) return name;
  return qualifiedName({ namespace: full.package.namespace, name: full.package.name }, full.item);
}

async function bindgenOptions(
  world: World,
  { side, options }: Pick<Job, 'side' | 'options'>,
): Promise<GenerateOptions> {
  return {
    side,
    importExtension: extensionOf(options.importExtension),
    layout: options.layout === 'file' ? 'file' : 'interfaces',
    enums: options.enums === 'const' ? 'const' : 'union',
    variants: options.variants as NonNullable<GenerateOptions['variants']>,
    ...checkedChoices({ results: options.results, flags: options.flags, casing: options.casing }, 'options'),
    typePrefix: options.typePrefix,
    map: await mappedIn(world, options.map),
    typesOnly: options.typesOnly,
    contract: !options.noContract,
    instantiateSync: options.instantiateSync,
    asyncImports: await namesIn(world, 'import', options.asyncImports),
    asyncExports: await namesIn(world, 'export', options.asyncExports),
  };
}

function extensionOf(text: string): NonNullable<GenerateOptions['importExtension']> {
  return text === '.js' || text === '.ts' ? text : '';
}
