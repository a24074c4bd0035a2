import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { bundlerPackages } from '@wit-ts/dev-peers';
import { root } from '@wit-ts/dev-support/workspace';
import { componentModules } from '@wit-ts/runtime';
import { createServer } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { ANSWERS, answersInProcess, type AnsweringModule } from './fixtures/answers-of.ts';
import { BundledApp } from './fixtures/bundled-app.ts';
import { bundlers } from './fixtures/bundlers.ts';
import { platforms } from './fixtures/platforms.ts';
import { SampleProject } from './fixtures/sample-project.ts';
import { WatchedBuild } from './fixtures/watched-build.ts';
import wit from './vite.ts';

const why = await bundlerPackages.install().then(
  () => '',
  () => ' (skipped: packages/dev-peers/bundlers cannot be installed)',
);

describe.skipIf(why !== '')(`the example app${why}`, () => {
  const app = new BundledApp();
  afterAll(() => app[Symbol.asyncDispose]());

  it.each(Object.keys(bundlers))('is bundled with %s for Node, browsers and workerd', async (bundler) => {
    for (const target of ['node', 'browser', 'workerd'] as const)
      expect(await app.bundle(bundler, target)).toBe('');
  });

  for (const [platform, { without }] of Object.entries(platforms))
    it.skipIf(without !== '').each(Object.keys(bundlers))(
      `gives the right answers on ${platform}, bundled with %s${without}`,
      async (bundler) => expect(await app.answers(platform, bundler)).toEqual(ANSWERS),
    );
});

describe.skipIf(why !== '').each(Object.entries(bundlers))(
  `%s${why}`,
  (_, { bundle, watch, hasFiles, positions }) => {
    it('understands queries, and exports what a component exports', async () => {
      await using project = await SampleProject.make();
      await project.write('src/two.wit', 'package a:b;\nworld one { export f: func(); }\nworld two {}');
      await project.write('src/ticked.js', 'export const ticked = () => {};');
      await project.copyComponent('fuel/built/wat.wasm', 'src/fuel.wasm');
      await project.write(
        'src/main.js',
        `import { contract } from './two.wit?world=one';
       import { recur } from './fuel.wasm?component';
       export const found = [contract.trim().split('\\n')[0], recur(3)];`,
      );
      const map = { ticked: './src/ticked.js' };
      expect(await bundle(project, { input: 'src/main.js', options: { map } })).toBe('');
      const { found } = (await import(pathToFileURL(project.path('out/main.js')).href)) as { found: unknown };
      expect(found).toEqual(['world a:b/one', 3]);
      const files = await readdir(project.path('out'), { recursive: true });
      expect(files.filter((name) => name.endsWith('.wasm')).length).toBe(hasFiles ? 4 : 0);
    });

    it('refuses a bundle for workerd that is not an ES module', async () => {
      await using project = await SampleProject.make();
      await project.write('src/main.js', `export { instantiate } from './app.wasm';`);
      const output = await bundle(project, { input: 'src/main.js', target: 'workerd', isCommonJs: true });
      expect(output).toContain('core modules are imported, which only ES modules can do; set `');
    });

    it('shows every error of WIT', async () => {
      await using project = await SampleProject.make();
      await project.write(
        'src/world.wit',
        'package a:b;\nworld w {\n  export f: func() -> strin;\n  import c;\n}\n',
      );
      const output = await bundle(project, { input: 'src/answers.ts' });
      expect(output).toContain('type `strin` does not exist');
      expect(output).toContain('interface `c` does not exist');
      expect(output).toContain('export f: func() -> strin;');
      for (const position of positions) expect(output).toMatch(position);
    });

    it('builds again when the WIT, a package in deps/ or the component changes', async () => {
      await using project = await SampleProject.make();
      const world = await readFile(project.path('src/world.wit'), 'utf8');
      const service = await readFile(project.path('src/deps/service.wit'), 'utf8');
      const build = new WatchedBuild(project);
      const showsText = async (errors: string, ...texts: readonly string[]): Promise<boolean> =>
        errors === '' && (await build.hasText(...texts));
      const component = join(root, 'test-components/edge-handler/built/rust.wasm');
      const core = componentModules(await readFile(component))[0]!;
      const stop = await watch(project, { input: 'src/answers.ts' }, build.built);
      try {
        await build.until(
          async () => {},
          (errors) => showsText(errors, 'world app:handlers/edge-handler'),
        );
        await build.until(
          () => project.write('src/world.wit', world.replace('req: string', 'req: strin')),
          (errors) => errors.includes('type `strin` does not exist'),
        );
        await build.until(
          () => project.write('src/world.wit', world.replace('edge-handler', 'other-handler')),
          (errors) => showsText(errors, 'world app:handlers/other-handler'),
        );
        await build.until(
          () => project.write('src/deps/service.wit', service.replace('id: u64', 'count: u64')),
          (errors) => showsText(errors, 'record { count: u64'),
        );
        await build.until(
          async () => {
            await project.write('src/world.wit', world);
            await project.write('src/deps/service.wit', service);
            await project.copyComponent('edge-handler/built/rust.wasm', 'src/app.wasm');
          },
          async (errors) =>
            (await showsText(errors, 'world app:handlers/edge-handler', 'record { id: u64')) &&
            (await build.hasCore(core)) &&
            // The bundler may be writing the files again.
            isDeepStrictEqual(await answersInProcess(project, 'out/main.js'), ANSWERS),
        );
      } finally {
        await stop();
      }
    });
  },
);

it('lets the server of Vite run a component for workerd in Node', async () => {
  await using project = await SampleProject.make();
  const server = await createServer({
    root: project.directory,
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true },
    plugins: [wit({ target: 'workerd' })],
    ssr: { noExternal: true },
  });
  try {
    const module = (await server.ssrLoadModule('/src/answers.ts')) as AnsweringModule;
    expect(await module.answers('hello', await readFile(project.path('src/app.wasm')))).toEqual(ANSWERS);
  } finally {
    await server.close();
  }
});
