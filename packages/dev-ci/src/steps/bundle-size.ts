import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { single, type CheckStep, type StepResult } from '../step.ts';
import { root } from '@wit-ts/dev-support/workspace';

interface Bundle {
  readonly name: string;
  /** An import that a browser's application would write. */
  readonly code: string;
  /** In bytes, minified and compressed. Raise it knowingly. */
  readonly limit: number;
}

// What few pages need is loaded on demand (docs/adr/0010-one-evaluation-of-components.md), and so is the engine, which
// a page loads while it reads the component (docs/adr/0024-a-page-loads-the-engine-on-demand.md).
const BUNDLES: readonly Bundle[] = [
  { name: 'runtime', code: `export { compile, instantiate } from '@wit-ts/runtime';`, limit: 21_000 },
  {
    name: 'runtime and engine',
    code: `export { compile, instantiate } from '@wit-ts/runtime';
      export { compileHostEngine } from '@wit-ts/abi/compile/host';`,
    limit: 41_500,
  },
];

/** The running chain stays small and needs nothing but the platform. */
export const bundleSize: CheckStep = { name: 'bundle size', run };

async function run(): Promise<StepResult> {
  const problems: string[] = [];
  const notes: string[] = [];
  for (const bundle of BUNDLES) {
    const { code, imports } = await bundled(bundle.code);
    const size = gzipSync(code).length;
    notes.push(`${bundle.name} ${kilobytes(size)} of ${kilobytes(bundle.limit)} gzip`);
    if (size > bundle.limit)
      problems.push(`${bundle.name} has grown to ${size} bytes; ${bundle.limit} are allowed.`);
    if (imports.length > 0)
      problems.push(`${bundle.name} imports ${imports.join(', ')}; it must import nothing.`);
  }
  return single(problems, notes.join(', '));
}

async function bundled(
  code: string,
): Promise<{ readonly code: string; readonly imports: readonly string[] }> {
  const entry = '\0entry';
  const build = await rolldown({
    input: entry,
    cwd: join(root, 'packages/dev-conformance'),
    platform: 'browser',
    resolve: { conditionNames: ['@wit-ts/source', 'import', 'default'] },
    logLevel: 'silent',
    external: (id) => isBuiltin(id),
    plugins: [
      {
        name: 'entry',
        resolveId(id, importer) {
          if (id === entry) return id;
          // A virtual module has no path, so its imports are looked up from a package that has them.
          return importer === entry
            ? this.resolve(id, join(root, 'packages/dev-conformance/src/index.ts'))
            : null;
        },
        load: (id) => (id === entry ? code : null),
      },
    ],
  });
  try {
    const { output } = await build.generate({
      format: 'esm',
      minify: true,
      // As in the published package, one file contains all initial modules; `pnpm bench:bundle` measures the same.
      codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] },
    });
    const chunks = new Map(
      output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
    );
    // What loads at once; the reference engine and the like are chunks that only some platforms ask for.
    const loaded = new Set([output[0].fileName]);
    const outside = new Set<string>();
    for (const name of loaded) {
      for (const imported of chunks.get(name)!.imports)
        (chunks.has(imported) ? loaded : outside).add(imported);
    }
    return { code: [...loaded].map((name) => chunks.get(name)!.code).join(''), imports: [...outside] };
  } finally {
    await build.close();
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
