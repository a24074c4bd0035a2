import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/** Sizes in bytes of a minified program. */
export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** What a page loads at once, and what only when it needs it, by name. */
export interface Bundle {
  readonly atOnce: BundleSize;
  readonly later: ReadonlyMap<string, BundleSize>;
}

const entry = '\0entry';

/** Bundles a program that imports packages of the workspace from their sources, as an application does that ships them. */
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
          // A virtual module stands nowhere, so its imports are looked up from here.
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
      // What is loaded at once is one file: parts of it that are loaded later too need none of their own.
      codeSplitting: { groups: [{ name: 'at-once', tags: ['$initial'] }] },
    });
    const chunks = output.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk] : []));
    const atOnce = new Set<string>();
    const pending = chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName);
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (atOnce.has(name)) continue;
      atOnce.add(name);
      pending.push(...(chunks.find((chunk) => chunk.fileName === name)?.imports ?? []));
    }
    const [now, later] = [
      chunks.filter(({ fileName }) => atOnce.has(fileName)),
      chunks.filter(({ fileName }) => !atOnce.has(fileName)),
    ];
    return {
      atOnce: sizeOf(now.map(({ code }) => code).join('\n')),
      later: new Map(later.map(({ name, code }) => [name, sizeOf(code)])),
    };
  } finally {
    await build.close();
  }
}

function sizeOf(code: string): BundleSize {
  return { minified: code.length, gzip: gzipSync(code).length, brotli: brotliCompressSync(code).length };
}
