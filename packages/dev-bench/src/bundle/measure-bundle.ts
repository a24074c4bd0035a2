import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/** The size of a minified program in bytes. */
export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** What a page loads when it starts, and the chunks that it loads when it needs them. */
export interface Bundle {
  readonly initial: BundleSize;
  /** The number of files that `initial` is in. */
  readonly files: number;
  readonly onDemand: readonly (readonly [name: string, size: BundleSize])[];
}

const entry = '\0entry';

/** The part of a file of Rolldown and Vite that is read. */
type OutputFile =
  | { readonly type: 'asset' }
  | {
      readonly type: 'chunk';
      readonly name: string;
      readonly fileName: string;
      readonly code: string;
      readonly isEntry: boolean;
      readonly imports: readonly string[];
    };

/** Bundles and minifies a program that imports packages of the workspace, as an application's build does. */
export async function measureBundle(program: string): Promise<Bundle> {
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    resolve: { conditionNames: ['@wit-ts/source', 'import', 'default'] },
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId(id, importer) {
          if (id === entry) return id;
          // The entry is not a file, so its imports are resolved as if this file imported them.
          return importer === entry ? this.resolve(id, fileURLToPath(import.meta.url)) : null;
        },
        load: (id) => (id === entry ? program : null),
      },
    ],
  });
  try {
    const { output } = await build.generate({
      format: 'esm',
      minify: true,
      // One file contains all initial modules. Otherwise modules shared with on-demand chunks would become chunks too.
      codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] },
    });
    return bundleOf(output);
  } finally {
    await build.close();
  }
}

/** Measures the chunks of a program: those that it imports statically, and all others. */
export function bundleOf(output: readonly OutputFile[]): Bundle {
  const chunks = output.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk] : []));
  const initial = new Set<string>();
  const pending = chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (initial.has(name)) continue;
    initial.add(name);
    pending.push(...(chunks.find((chunk) => chunk.fileName === name)?.imports ?? []));
  }
  const initialChunks = chunks.filter(({ fileName }) => initial.has(fileName));
  const otherChunks = chunks.filter(({ fileName }) => !initial.has(fileName));
  return {
    initial: sumOf(initialChunks.map(({ code }) => sizeOf(code))),
    files: initialChunks.length,
    onDemand: otherChunks.map(({ name, code }) => [name, sizeOf(code)]),
  };
}

/** Adds the sizes of files, each of which is compressed for itself. */
export function sumOf(sizes: readonly BundleSize[]): BundleSize {
  const add = (part: keyof BundleSize): number => sizes.reduce((sum, size) => sum + size[part], 0);
  return { minified: add('minified'), gzip: add('gzip'), brotli: add('brotli') };
}

function sizeOf(code: string): BundleSize {
  return { minified: code.length, gzip: gzipSync(code).length, brotli: brotliCompressSync(code).length };
}
