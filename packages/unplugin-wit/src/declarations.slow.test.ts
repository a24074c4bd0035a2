import { join } from 'node:path';
import { runCommand } from '@wit-ts/dev-support/run-command';
import { root } from '@wit-ts/dev-support/workspace';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { SampleProject } from './fixtures/sample-project.ts';
import type { WitPluginOptions } from './index.ts';
import wit from './rolldown.ts';

const compilers = [
  ['TypeScript 7', join(root, 'node_modules/typescript/bin/tsc')],
  ['TypeScript 5.9', join(root, 'packages/bindgen/node_modules/typescript-5.9/bin/tsc')],
] as const;

const MAIN = `import { answers } from './answers.js';
import { instantiate, instantiateSync } from './app.wasm?component';
import { recur } from './mapped.wasm';
import { instantiate as instantiateOne, type OneExports } from './two.wit?world=one';
import { contract } from './two.wit?world=two';

export const lines: Promise<string[]> = answers('hello', new Uint8Array());
export const depth: number = recur(3);
export const exported: OneExports = { f: () => 1 };
export const world: string = contract;
export const wrong: string = recur(3);
export { instantiate, instantiateOne, instantiateSync };
await instantiate({ 'example:service/processor': { processData: (input, { id }) => input + id.toFixed() } });
export { default as worker } from './worker.js';
`;

/** The errors of `main.ts`, which has two. */
const ERRORS = [
  /^src\/main\.ts\(11,14\): error TS2322: Type 'number' is not assignable to type 'string'\./u,
  /^src\/main\.ts\(13,95\): error TS2339: Property 'toFixed' does not exist on type 'bigint'\./u,
];

/** Bundles a program that imports files in every way, for its declarations. */
async function declared(project: SampleProject, options: WitPluginOptions): Promise<void> {
  await project.copyComponent('fuel/built/wat.wasm', 'src/mapped.wasm');
  await project.write('src/two.wit', 'package a:b;\nworld one { export f: func() -> u8; }\nworld two {}');
  await project.write('src/main.ts', MAIN);
  await project.write('src/ticked.js', 'export const ticked = () => {};');
  const build = await rolldown({
    cwd: project.directory,
    input: 'src/main.ts',
    external: /^@wit-ts\//u,
    plugins: [wit({ root: project.directory, map: { ticked: './src/ticked.js' }, ...options })],
  });
  await build.generate();
  await build.close();
}

async function errorsOf(project: SampleProject, tsc: string, options: object): Promise<readonly string[]> {
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2024', 'esnext.disposable', 'dom'],
    types: [],
    noEmit: true,
    strict: true,
    allowArbitraryExtensions: true,
    allowImportingTsExtensions: true,
    skipLibCheck: false,
    ...options,
  };
  const exclude = ['src/page.ts'];
  await project.write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions, include: ['src', 'types'], exclude }),
  );
  const { output } = await runCommand(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
    cwd: project.directory,
  });
  // The runtime is there as source, which is compiled under other options.
  return output.split('\n').filter((line) => /^(?:src|types)\//u.test(line));
}

describe.each(compilers)('%s', (_, tsc) => {
  it.each(['bundler', 'nodenext'])('finds the declarations beside the files, with %s', async (resolution) => {
    await using project = await SampleProject.make();
    await declared(project, {});
    const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
    const errors = await errorsOf(project, tsc, { module, moduleResolution: resolution });
    expect(errors).toEqual(ERRORS.map((error) => expect.stringMatching(error)));
  });

  it('finds the declarations in a folder', async () => {
    await using project = await SampleProject.make();
    await declared(project, { declarations: 'types' });
    const options = { module: 'esnext', moduleResolution: 'bundler', rootDirs: ['.', 'types'] };
    expect(await errorsOf(project, tsc, options)).toEqual(
      ERRORS.map((error) => expect.stringMatching(error)),
    );
  });
});
