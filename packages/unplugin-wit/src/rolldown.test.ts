import { readdir, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { rolldown, type InputOptions, type OutputOptions, type Plugin, type RolldownOutput } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { ANSWERS, answersOf } from './fixtures/answers-of.ts';
import { SampleProject } from './fixtures/sample-project.ts';
import wit from './rolldown.ts';
import type { WitPluginOptions } from './index.ts';

interface Built extends RolldownOutput {
  readonly warnings: readonly string[];
}

/* oxlint-disable typescript/no-explicit-any -- a bundle has no types */

function none(): never {
  throw new Error('not asked');
}

/** Bundles a file of a project into `out`; the runtime stays outside. */
async function bundle(
  project: SampleProject,
  input: string,
  options: WitPluginOptions = {},
  others: readonly Plugin[] = [],
  output: OutputOptions = {},
): Promise<Built> {
  const warnings: string[] = [];
  const settings: InputOptions = {
    cwd: project.directory,
    input,
    platform: 'node',
    external: /^@wit-ts\//u,
    plugins: [wit({ target: 'node', root: project.directory, ...options }), ...others],
    onLog: (_, log) => void warnings.push(log.message),
  };
  const build = await rolldown(settings);
  try {
    return { ...(await build.write({ dir: project.path('out'), ...output })), warnings };
  } finally {
    await build.close();
  }
}

const exists = async (project: SampleProject, file: string): Promise<boolean> =>
  readFile(project.path(file)).then(
    () => true,
    () => false,
  );

describe('the plugin in Rolldown', () => {
  it('bundles a component and a world, with the core modules as files that have hashes', async () => {
    await using project = await SampleProject.make();
    await bundle(project, 'src/answers.ts');
    expect(await answersOf(project, 'out/answers.js')).toEqual(ANSWERS);
    const files = await readdir(project.path('out/assets'));
    expect(files.map((name) => name.replace(/-[\w-]{8}\./u, '-HASH.')).sort()).toEqual([
      'app.core-HASH.wasm',
      'app.core2-HASH.wasm',
      'app.core3-HASH.wasm',
    ]);
  });

  it('puts small core modules into the text if it is asked to', async () => {
    await using project = await SampleProject.make();
    await bundle(project, 'src/answers.ts', { inlineBelow: 1_000_000 });
    expect(await exists(project, 'out/assets')).toBe(false);
    expect(await answersOf(project, 'out/answers.js')).toEqual(ANSWERS);
  });

  it('understands the queries `?component` and `?world=NAME`', async () => {
    await using project = await SampleProject.make();
    await project.write(
      'src/two.wit',
      'package a:b;\nworld one { export f: func(); }\nworld two { export g: func(); }',
    );
    await project.write(
      'src/main.ts',
      `export { contract as one } from './two.wit?world=one';
       export { contract as two } from './two.wit?world=two';
       export { instantiate } from './app.wasm?component';`,
    );
    const { output } = await bundle(project, 'src/main.ts');
    expect(output[0].code).toContain('world a:b/one');
    expect(output[0].code).toContain('world a:b/two');
    expect(output[0].exports).toEqual(['instantiate', 'one', 'two']);
  });

  it('exports what the component exports if modules supply its imports', async () => {
    await using project = await SampleProject.make();
    await project.write(
      'src/processor.ts',
      'export const processData = (input: string) => `mapped ${input}`;',
    );
    await project.write('src/main.ts', `export { handleRequest } from './app.wasm';`);
    const map = { 'example:service/processor': './src/processor.ts', 'of:another/component': 'absent' };
    await bundle(project, 'src/main.ts', { map });
    const { handleRequest } = (await import(pathToFileURL(project.path('out/main.js')).href)) as {
      handleRequest(request: string): string;
    };
    expect(handleRequest('hello')).toBe('ok: mapped hello');
    expect(await readFile(project.path('src/.wit-types/app.wasm/app.d.ts'), 'utf8')).toContain(
      'export const handleRequest',
    );
  });

  it('gives components for imports', async () => {
    await using project = await SampleProject.make();
    await project.copyComponent('linking/built/shop.wasm', 'src/shop.wasm');
    await project.copyComponent('linking/built/pricing.wasm', 'parts/pricing.wasm');
    await project.write('src/main.ts', `export { instantiate } from './shop.wasm';`);
    const components = { pricing: './parts/pricing.wasm', 'of:another/component': 'absent' };
    await bundle(project, 'src/main.ts', { components, target: 'node' });
    const { instantiate } = (await import(pathToFileURL(project.path('out/main.js')).href)) as {
      instantiate(imports: object): Promise<{ total(product: number, count: number): number }>;
    };
    expect((await instantiate({ stock: () => 5 })).total(1, 3)).toBe(597);
  });

  it.each([
    [{ component: {} }, '`component`: there is no such option; did you mean `components`?'],
    [{ components: null }, '`components`: give the file of each component, by the name of its import'],
    [{ components: { part: new Uint8Array(8) } }, '`components`: give the file of each component'],
  ])('refuses the options %j', (options, message) => {
    expect(() => wit(options as WitPluginOptions)).toThrow(message);
  });

  it('uses the choices of the mapping for worlds and components, and exports the values of types', async () => {
    await using project = await SampleProject.make();
    await project.copyComponent('choices/built/wat.wasm', 'src/choices.wasm');
    await project.copyComponent('choices/wit/world.wit', 'src/choices.wit');
    await project.write(
      'src/main.ts',
      `export { instantiate, ImportedFileStoreOpenMode as OpenMode, ImportedFileStoreFindFilter as FindFilter } from './choices.wit';
       export { instantiate as instantiateModule } from './choices.wasm';`,
    );
    const mapping = { results: 'value', flags: 'bigint' } as const;
    await bundle(project, 'src/main.ts', { mapping, variants: 'const' });
    const { instantiate, instantiateModule, OpenMode, FindFilter } = (await import(
      pathToFileURL(project.path('out/main.js')).href
    )) as Record<string, any>;
    const store = {
      openFile: none,
      findFiles: ({ val }: { val?: string }) => ({ tag: 'err', val: `no ${val}` }),
      changeMode: (mode: bigint) => mode ^ OpenMode.canRead,
      otherFilter: none,
      tryNothing: none,
      FileHandle: Object.assign(function FileHandle() {}, { countFiles: none }),
      Lock: Date,
    };
    const imports = { 'example:choices/file-store': store, sayHello: none };
    const bytes = await readFile(project.path('src/choices.wasm'));
    for (const { fileStore } of [await instantiate(bytes, imports), await instantiateModule(imports)]) {
      expect(fileStore.changeMode(OpenMode.canWrite)).toBe(OpenMode.canRead | OpenMode.canWrite);
      expect(fileStore.findFiles(FindFilter.withName('a'))).toEqual({ tag: 'err', val: 'no a' });
    }
    const declared = await readFile(project.path('src/.wit-types/choices.wit/choices.d.ts'), 'utf8');
    expect(declared).toMatch(
      /ImportedFileStoreFindFilter: \{\s+allFiles: \(\) => ImportedFileStoreFindFilter/u,
    );
    expect(declared).toContain('canWrite: 2n');
  });

  it('takes all files of a folder as one package if they say so', async () => {
    await using project = await SampleProject.make();
    await project.write('src/wit/world.wit', 'package a:b;\nworld one { import types; export f: func(); }');
    await project.write('src/wit/types.wit', 'interface types { g: func(); }');
    await project.write('src/main.ts', `export { contract } from './wit/world.wit';`);
    const { output } = await bundle(project, 'src/main.ts');
    expect(output[0].code).toContain('a:b/types');
  });

  it('keeps imports of core modules for workerd, relative to the chunk that imports them', async () => {
    await using project = await SampleProject.make();
    await project.write('src/main.ts', `export const load = () => import('./app.wasm');`);
    const names = { chunkFileNames: 'deep/chunk.js' };
    const { output } = await bundle(project, 'src/main.ts', { target: 'workerd' }, [], names);
    const chunk = output.find(({ fileName }) => fileName === 'deep/chunk.js');
    const imports = (chunk?.type === 'chunk' ? chunk.code : '').match(/^import .*;$/gmu) ?? [];
    expect(imports.map((line) => line.replace(/-[\w-]{8}\./u, '-HASH.'))).toEqual([
      'import module0 from "../assets/app.core-HASH.wasm";',
      'import module1 from "../assets/app.core2-HASH.wasm";',
      'import module2 from "../assets/app.core3-HASH.wasm";',
      'import trapModule from "../assets/app.trap-HASH.wasm";',
    ]);
  });

  it('leaves core modules to others', async () => {
    await using project = await SampleProject.make();
    await project.write('src/core.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    await project.write('src/main.ts', `export { other } from './core.wasm';`);
    const other: Plugin = {
      name: 'other',
      load: (id) => (id.endsWith('core.wasm') ? { code: 'export const other = 1;', moduleType: 'js' } : null),
    };
    const { output } = await bundle(project, 'src/main.ts', {}, [other]);
    expect(output[0].code).toContain('other = 1');
  });

  it('reports all errors of WIT, at the position of the first', async () => {
    await using project = await SampleProject.make();
    await project.write(
      'src/world.wit',
      'package a:b;\nworld w {\n  export f: func() -> strin;\n  import c;\n}\n',
    );
    const failure: unknown = await bundle(project, 'src/answers.ts').catch((error: unknown) => error);
    const [error] = (failure as { errors: readonly { message: string; loc: unknown }[] }).errors;
    expect(error?.loc).toEqual({ file: project.path('src/world.wit'), line: 3, column: 22 });
    expect(error?.message).toContain('type `strin` does not exist');
    expect(error?.message).toContain('interface `c` does not exist');
    expect(error?.message).toContain('did you mean `string`?');
  });

  it('asks for the name of a world if there are several', async () => {
    await using project = await SampleProject.make();
    await project.write('src/world.wit', 'package a:b;\nworld one {}\nworld two {}\n');
    await expect(bundle(project, 'src/answers.ts')).rejects.toThrow(
      /package `a:b` has several worlds[^]*`\?world=NAME`/u,
    );
  });

  it('says that a core module is not a component', async () => {
    await using project = await SampleProject.make();
    await project.write('src/app.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    await project.write('src/main.ts', `export { instantiate } from './app.wasm?component';`);
    await expect(bundle(project, 'src/main.ts')).rejects.toThrow(/app\.wasm[^]*core module/u);
  });
});

describe('declarations', () => {
  it('are written beside the file, and the same text is not written again', async () => {
    await using project = await SampleProject.make();
    await bundle(project, 'src/answers.ts');
    const text = await readFile(project.path('src/world.d.wit.ts'), 'utf8');
    expect(text).toContain('export * from "./.wit-types/world.wit/edge-handler.js";');
    expect((await bundle(project, 'src/answers.ts')).warnings).toEqual([]);
  });

  it('never replace a file that somebody else wrote', async () => {
    await using project = await SampleProject.make();
    await project.write('src/world.d.wit.ts', 'export const own: number;\n');
    const { warnings } = await bundle(project, 'src/answers.ts');
    expect(await readFile(project.path('src/world.d.wit.ts'), 'utf8')).toBe('export const own: number;\n');
    expect(warnings.join('\n')).toContain('world.d.wit.ts is not as this plugin wrote it');
  });

  it('never replace what somebody changed, but what a formatter did', async () => {
    await using project = await SampleProject.make();
    await bundle(project, 'src/answers.ts');
    const file = 'src/world.d.wit.ts';
    const text = await readFile(project.path(file), 'utf8');
    await project.write(file, text.replaceAll('"', "'"));
    expect((await bundle(project, 'src/answers.ts')).warnings).toEqual([]);
    await project.write(file, `${text}export const own: number;\n`);
    expect((await bundle(project, 'src/answers.ts')).warnings.length).toBe(1);
    expect(await readFile(project.path(file), 'utf8')).toContain('own');
  });

  it('are in a folder, or not written at all, as the option says', async () => {
    await using project = await SampleProject.make();
    await bundle(project, 'src/answers.ts', { declarations: false });
    expect(await exists(project, 'src/world.d.wit.ts')).toBe(false);
    await bundle(project, 'src/answers.ts', { declarations: 'types' });
    expect(await exists(project, 'src/world.d.wit.ts')).toBe(false);
    expect(await exists(project, 'types/src/world.d.wit.ts')).toBe(true);
  });
});
