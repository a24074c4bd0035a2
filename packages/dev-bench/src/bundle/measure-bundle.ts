import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/** The size of a minified program in bytes. */
export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** What a page loads when it starts, and the chunks, by name, that it loads when it needs them. */
interface Bundle {
  readonly initial: BundleSize;
  readonly onDemand: ReadonlyMap<string, BundleSize>;
}

const entry = '\0entry';

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
      initial: sizeOf(initialChunks.map(({ code }) => code).join('\n')),
      onDemand: new Map(otherChunks.map(({ name, code }) => [name, sizeOf(code)])),
    };
  } finally {
    await build.close();
  }
}

function sizeOf(code: string): BundleSize {
  return { minified: code.length, gzip: gzipSync(code).length, brotli: brotliCompressSync(code).length };
}
