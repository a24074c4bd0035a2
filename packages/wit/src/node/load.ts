import { withoutPrototype } from '@wit-ts/model';
import { readdirSync, type Dirent } from 'node:fs';
import { basename, dirname, join, resolve as resolvePath } from 'node:path';
import { SourceFile, type Diagnostic, type Outcome } from '@wit-ts/diagnostics';
import { packageNameText, type Package, type Resolve } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import type { WitCode } from '../codes.ts';
import { GrammarNeeded, validReader } from '../parse-valid.ts';
import type { SyntaxReader } from '../syntax-reader.ts';
import type { ResolveInput, ResolveOptions } from '../resolve/input.ts';
import { resolveWith, type Resolved } from '../resolve/resolve-with.ts';
import { assembleWat } from './assemble-wat.ts';
import { DecodedFiles } from './decoded-files.ts';
import { isDirectory, packagesOf } from './packages-of-files.ts';
import { readRegularFile } from './read-regular-file.ts';

/** A WIT package that is already resolved. */
export interface DecodedPackage {
  readonly resolve: Resolve;
  readonly package: Package;
}

/** The options of `load`. */
export interface LoadOptions extends ResolveOptions {
  /**
   * Decodes a WIT package in wasm form, as `(bytes) => decodeWitPackage(decode(bytes))` of `@wit-ts/component` does.
   * Without it, such files are reported as `unsupported-binary`.
   */
  readonly decode?: (bytes: Uint8Array, path: string) => DecodedPackage | Promise<DecodedPackage>;
  /**
   * Converts the text form of wasm to a binary, for files that end in `.wat`. The default uses
   * `@bytecodealliance/jco-transpile`, an optional peer dependency.
   */
  readonly assemble?: (text: string, path: string) => Uint8Array | Promise<Uint8Array>;
  /** Recognises the bytes of what is neither WIT nor wasm, such as an HTML page, so that it is reported as that. */
  readonly recognize?: (bytes: Uint8Array) => WrongFile | undefined;
}

/** A file that is neither WIT nor wasm. */
export interface WrongFile {
  /** Completes the sentence "it is …". */
  readonly what: string;
  readonly help: string;
}

/** The result of `load`. */
export interface Loaded extends Resolved {
  /** All diagnostics, including those about files that cannot be read (`unreadable`, without a position). */
  readonly diagnostics: readonly Diagnostic[];
  /** The files and directories that were read, for a watcher. */
  readonly paths: readonly string[];
}

/**
 * Loads WIT from a path (`WIT.md`, "Filesystem structure"):
 *
 * - a `.wit` file is a package, with its dependencies nested in it; those that are not nested are looked for in the
 *   `deps/` directory beside the file;
 * - all `.wit` files of a directory are one package, and its `deps/` directory holds the dependencies: each is a
 *   directory, a `.wit` file or a package in wasm form (`.wasm`, `.wat`);
 * - a package that lies in a `deps/` directory itself finds the packages beside it that it needs;
 * - a package in wasm form, recognised by its first bytes, is decoded;
 * - `-` is standard input.
 *
 * With a `cache`, only files and packages that changed since the last call are parsed, decoded and resolved. Reports
 * all problems as diagnostics and never throws.
 */
export async function load(path: string, options: LoadOptions = {}): Promise<Loaded> {
  return new Loader(options).load(path);
}

/** Resolves the text of a `.wit` file that is already read, like `load`. Messages name it `path`. */
export async function loadText(path: string, text: string, options: ResolveOptions = {}): Promise<Loaded> {
  const file = options.cache?.file(path, text) ?? new SourceFile(path, text);
  const { value, diagnostics } = await withReader((reader) => resolveWith(reader, file, options));
  return { ...value, diagnostics: await explained('-', diagnostics), paths: [] };
}

/** Loads the grammar only if a text has mistakes: most have none, and loading it takes longer than parsing them. */
async function withReader<Result>(work: (reader: SyntaxReader) => Result): Promise<Result> {
  try {
    return work(validReader);
  } catch (error) {
    if (!(error instanceof GrammarNeeded)) throw error;
    return work((await import('../parse.ts')).grammarReader);
  }
}

/** Adds to diagnostics what lies near the input. @param path the input, `-` for one that has no place */
async function explained(path: string, diagnostics: readonly Diagnostic[]): Promise<readonly Diagnostic[]> {
  if (diagnostics.length === 0) return diagnostics;
  const { explainMissing, explainMissingInText } = await import('./explain-missing.ts');
  return path === '-' ? explainMissingInText(diagnostics) : explainMissing(path, diagnostics);
}

type Content =
  | { readonly tag: 'text'; readonly file: SourceFile }
  | { readonly tag: 'decoded'; readonly decoded: DecodedPackage };

/** The packages on which the main package may depend. */
interface Dependencies {
  readonly dependencies: readonly (readonly SourceFile[])[];
  readonly decoded: readonly Resolve[];
}

/**
 * Loads files one after the other with synchronous reads, which are several times as fast as asynchronous ones for
 * files of a few kilobytes.
 */
class Loader {
  readonly #options: LoadOptions;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #paths: string[] = [];

  constructor(options: LoadOptions) {
    this.#options = withoutPrototype(options);
  }

  async load(path: string): Promise<Loaded> {
    if (path !== '-' && isDirectory(path)) return this.#loadDirectory(path);
    const content = await this.#readFile(path);
    if (content?.tag !== 'decoded') {
      const files = content === undefined ? [] : [content.file];
      return this.#resolve(path, files, { dependencies: [], decoded: [] });
    }
    const { resolve: decoded, package: main } = content.decoded;
    return {
      resolve: decoded,
      package: main,
      spanOf: () => undefined,
      diagnostics: this.#diagnostics,
      paths: this.#paths,
    };
  }

  async #loadDirectory(path: string): Promise<Loaded> {
    const entries = this.#list(path);
    const files = await this.#readPackage(path, entries);
    // What cannot be read is reported already.
    if (files.length === 0 && this.#diagnostics.length === 0) {
      this.#report(
        'empty-directory',
        `\`${path}\` contains no \`.wit\` file`,
        (await import('./explain-missing.ts')).emptyDirectoryHelp(path) ??
          'pass a `.wit` file, or a directory that contains `.wit` files',
      );
    }
    const hasDeps = entries.some(({ name }) => name === 'deps');
    const found = hasDeps
      ? await this.#readDependencies(join(path, 'deps'))
      : { dependencies: [], decoded: [] };
    return this.#resolve(path, files, found);
  }

  /** Reads the packages in a `deps/` directory. @param without a path that is left out */
  async #readDependencies(deps: string, without?: string): Promise<Dependencies> {
    const dependencies: SourceFile[][] = [];
    const decoded: Resolve[] = [];
    for (const entry of this.#list(deps)) {
      const dependency = join(deps, entry.name);
      if (without !== undefined && resolvePath(dependency) === resolvePath(without)) continue;
      if (isDirectoryEntry(entry, dependency)) {
        dependencies.push(await this.#readPackage(dependency, this.#list(dependency)));
      } else if (/\.(?:wit|wat|wasm)$/u.test(entry.name)) {
        const content = await this.#readFile(dependency);
        if (content?.tag === 'text') dependencies.push([content.file]);
        if (content?.tag === 'decoded') decoded.push(content.decoded.resolve);
      }
    }
    return { dependencies, decoded };
  }

  /** Resolves a package. If it needs packages that are not there, the `deps/` directory around it is read as well. */
  async #resolve(path: string, files: readonly SourceFile[], found: Dependencies): Promise<Loaded> {
    let resolved = await this.#resolveWith({ files, ...found });
    const further =
      path !== '-' && lacksPackage(resolved.diagnostics) ? furtherDependencies(path) : undefined;
    if (further !== undefined) {
      const around = await this.#readDependencies(further.deps, further.without);
      const group = [...files, ...found.dependencies.flat()];
      const needed = await withReader((reader) => this.#neededOf(around, group, reader));
      const all = {
        dependencies: [...found.dependencies, ...needed.dependencies],
        decoded: [...found.decoded, ...needed.decoded],
      };
      resolved = await this.#resolveWith({ files, ...all });
    }
    const { value, diagnostics } = resolved;
    const own = await explained(path, diagnostics);
    return { ...value, diagnostics: [...this.#diagnostics, ...own], paths: this.#paths };
  }

  #resolveWith(input: ResolveInput): Promise<Outcome<Resolved>> {
    return withReader((reader) => resolveWith(reader, input, this.#options));
  }

  /**
   * Returns the packages that files need, directly or through other packages. The packages beside them may need the
   * main package themselves, or parts of it that were not read.
   */
  #neededOf(
    { dependencies, decoded }: Dependencies,
    files: readonly SourceFile[],
    reader: SyntaxReader,
  ): Dependencies {
    const asts = (group: readonly SourceFile[]): ast.Ast[] =>
      group.map(
        (file) =>
          (this.#options.cache?.parse(file, this.#options, reader) ?? reader.parse(file, this.#options))
            .value,
      );
    const groups = dependencies.map((group) => ({ group, ...packagesOf(asts(group)) }));
    const needed = new Set<object>();
    const wanted = [...packagesOf(asts(files)).mentions];
    for (const name of wanted) {
      for (const { group, names, mentions } of groups) {
        if (needed.has(group) || !names.has(name)) continue;
        needed.add(group);
        wanted.push(...mentions);
      }
    }
    const names = new Set(wanted);
    return {
      dependencies: dependencies.filter((group) => needed.has(group)),
      decoded: decoded.filter(({ packages }) => packages.some((pkg) => names.has(packageNameText(pkg.name)))),
    };
  }

  /** Reads the `.wit` files of a directory, but not those of its subdirectories. */
  async #readPackage(path: string, entries: readonly Dirent[]): Promise<SourceFile[]> {
    const files: SourceFile[] = [];
    for (const entry of entries) {
      const file = join(path, entry.name);
      if (!entry.name.endsWith('.wit') || isDirectoryEntry(entry, file)) continue;
      const content = await this.#readFile(file);
      if (content?.tag === 'text') files.push(content.file);
    }
    return files;
  }

  async #readFile(path: string): Promise<Content | undefined> {
    const bytes = await this.#readBytes(path);
    if (bytes === undefined) return undefined;
    if (isWasm(bytes)) return this.#decode(path, bytes);
    const wrong = path.endsWith('.wat') ? undefined : this.#options.recognize?.(bytes);
    if (wrong !== undefined)
      return this.#report('invalid-binary', `\`${path}\` is not WIT: it is ${wrong.what}`, wrong.help);
    if (path.endsWith('.wasm'))
      return this.#report(
        'invalid-binary',
        `\`${path}\` is not a WebAssembly binary`,
        'a binary starts with `00 61 73 6d`: look at what the file contains',
      );
    const text = textOf(bytes);
    if (text === undefined)
      return this.#report('invalid-utf8', `\`${path}\` is not text in UTF-8`, 'save it as UTF-8');
    if (path.endsWith('.wat')) return this.#assemble(path, text);
    const name = path === '-' ? '<stdin>' : path;
    return { tag: 'text', file: this.#options.cache?.file(name, text) ?? new SourceFile(name, text) };
  }

  async #readBytes(path: string): Promise<Uint8Array | undefined> {
    try {
      if (path === '-') return await readAll(process.stdin);
      this.#paths.push(path);
      return readRegularFile(path);
    } catch (error) {
      return this.#unreadable(path, error);
    }
  }

  async #assemble(path: string, text: string): Promise<Content | undefined> {
    const { assemble = assembleWat, decode, cache } = this.#options;
    if (decode === undefined) return this.#undecodable(path);
    return this.#decoded(path, () =>
      DecodedFiles.of(cache).get(path, text, async () => decode(await assemble(text, path), path)),
    );
  }

  async #decode(path: string, bytes: Uint8Array): Promise<Content | undefined> {
    const { decode, cache } = this.#options;
    if (decode === undefined) return this.#undecodable(path);
    return this.#decoded(path, () =>
      DecodedFiles.of(cache).get(path, bytes, async () => decode(bytes, path)),
    );
  }

  async #decoded(path: string, decode: () => Promise<DecodedPackage>): Promise<Content | undefined> {
    try {
      return { tag: 'decoded', decoded: await decode() };
    } catch (error) {
      return this.#report(
        'invalid-binary',
        `\`${path}\` is not a WIT package: ${messageOf(error)}`,
        undefined,
      );
    }
  }

  #undecodable(path: string): undefined {
    return this.#report(
      'unsupported-binary',
      `\`${path}\` is in wasm form, and no decoder for it was given`,
      undefined,
    );
  }

  #list(path: string): Dirent[] {
    try {
      this.#paths.push(path);
      const entries = readdirSync(path, { withFileTypes: true });
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      this.#unreadable(path, error);
      return [];
    }
  }

  #unreadable(path: string, error: unknown): undefined {
    const reason = SYSTEM_REASONS.get(Object(error).code) ?? messageOf(error);
    return this.#report('unreadable', `cannot read \`${path}\`: ${reason}`, undefined);
  }

  #report(code: WitCode, message: string, help: string | undefined): undefined {
    this.#diagnostics.push({ code, severity: 'error', message, ...(help === undefined ? {} : { help }) });
    return undefined;
  }
}

/** Why the system refuses to read, by its error codes. */
const SYSTEM_REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['ENOTDIR', 'it is not a directory'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['ELOOP', 'its symbolic links form a cycle'],
]);

function lacksPackage(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code }) => code === 'unknown-package');
}

/**
 * Returns the `deps/` directory beside a file, or the one that a file or package lies in, and the package in it that is
 * the main one.
 */
function furtherDependencies(path: string): { readonly deps: string; readonly without?: string } | undefined {
  const absolute = resolvePath(path);
  const isPackage = isDirectory(path);
  if (!isPackage && isDirectory(join(dirname(path), 'deps'))) return { deps: join(dirname(path), 'deps') };
  if (basename(dirname(absolute)) === 'deps') return { deps: join(path, '..'), without: path };
  const folder = dirname(absolute);
  if (!isPackage && basename(dirname(folder)) === 'deps')
    return { deps: join(path, '..', '..'), without: folder };
  return undefined;
}

/** Follows symbolic links. */
function isDirectoryEntry(entry: Dirent, path: string): boolean {
  return entry.isSymbolicLink() ? isDirectory(path) : entry.isDirectory();
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
