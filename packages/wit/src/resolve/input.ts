import { SourceFile } from '@wit-ts/diagnostics';
import type { Resolve } from '@wit-ts/model';
import type { WitCache } from '../cache.ts';

/**
 * What there is to resolve. A text or a file is a package of one file; its dependencies, if any, stand inside it as
 * nested packages.
 */
export type ResolveInput = string | SourceFile | PackageInput;

export interface PackageInput {
  /** All files of the main package. A text gets the path `<wit>`. */
  readonly files: readonly (string | SourceFile)[];
  /** The files of each dependency, a list each. Their order does not matter, except for messages. */
  readonly dependencies?: readonly (readonly (string | SourceFile)[])[];
  /** Dependencies that are resolved already, as decoding a WIT package in wasm form gives them. */
  readonly decoded?: readonly Resolve[];
}

export interface ResolveOptions {
  /** Features for which `@unstable` items are kept. */
  readonly features?: Iterable<string>;
  /** Keeps all `@unstable` items. */
  readonly allFeatures?: boolean;
  /**
   * Whether the WIT must also be expressible as component types, which forbid, for instance, empty records and more
   * than 32 flags. On by default; without it, only what the text format itself forbids is an error.
   */
  readonly encodable?: boolean;
  /**
   * What to remember from call to call, so that only what changed is parsed and resolved anew. Files are known again when
   * they are the same `SourceFile`, as `cache.file` gives it and `load` uses it.
   */
  readonly cache?: WitCache;
}

/** The input in its fullest form. */
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
