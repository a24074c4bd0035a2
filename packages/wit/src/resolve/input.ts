import { SourceFile } from '@wit-ts/diagnostics';
import type { Resolve } from '@wit-ts/model';
import type { WitCache } from '../cache.ts';
import type { ParseOptions } from '../parse-valid.ts';

/** The input of `resolve`. A text or a file is a package of one file, with its dependencies nested in it. */
export type ResolveInput = string | SourceFile | PackageInput;

/** The texts of a package and of its dependencies. */
export interface PackageInput {
  /** All files of the main package. A text gets the path `<wit>`. */
  readonly files: readonly (string | SourceFile)[];
  /** The files of each dependency, one list for each. Their order only affects the order of messages. */
  readonly dependencies?: readonly (readonly (string | SourceFile)[])[];
  /** Dependencies that are already resolved, such as decoded WIT packages in wasm form. */
  readonly decoded?: readonly Resolve[];
}

/** The options of `resolve`. */
export interface ResolveOptions extends ParseOptions {
  /** The features whose `@unstable` items are kept. */
  readonly features?: Iterable<string>;
  /** Whether to keep all `@unstable` items. */
  readonly allFeatures?: boolean;
  /**
   * Whether the WIT must also be valid for components, which forbid, for instance, empty records and more than 32
   * flags. True by default; if false, only violations of the text format itself are errors.
   */
  readonly encodable?: boolean;
  /**
   * Results to reuse from earlier calls, so that only changes are parsed and resolved. A file counts as unchanged if
   * it is the same `SourceFile`, as `cache.file` returns it.
   */
  readonly cache?: WitCache;
}

/** The input with all parts present. */
export interface Sources {
  readonly main: readonly SourceFile[];
  readonly dependencies: readonly (readonly SourceFile[])[];
  readonly decoded: readonly Resolve[];
}

export function toSources(input: ResolveInput): Sources {
  if (typeof input === 'string' || input instanceof SourceFile) {
    return { main: [toFile(input)], dependencies: [], decoded: [] };
  }
  return {
    main: input.files.map(toFile),
    dependencies: (input.dependencies ?? []).map((files) => files.map(toFile)),
    decoded: input.decoded ?? [],
  };
}

function toFile(file: string | SourceFile): SourceFile {
  return typeof file === 'string' ? new SourceFile('<wit>', file) : file;
}
