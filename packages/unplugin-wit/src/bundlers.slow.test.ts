import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { bundlerPackages } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { ANSWERS, answersOf } from './fixtures/answers-of.ts';
import { bundlers } from './fixtures/bundlers.ts';
import { SampleProject } from './fixtures/sample-project.ts';

const why = await bundlerPackages.install().then(
  () => '',
  () => ' (skipped: packages/dev-peers/bundlers cannot be installed)',
);

describe.skipIf(why !== '').each(Object.entries(bundlers))(
  `%s${why}`,
  (_, { bundle, hasFiles, positions }) => {
    it('bundles the app, which runs in Node', async () => {
      await using project = await SampleProject.make();
      expect(await bundle(project, 'src/answers.ts')).toBe('');
      expect(await answersOf(project, 'out/main.js')).toEqual(ANSWERS);
      const files = await readdir(project.path('out'), { recursive: true });
      expect(files.filter((name) => name.endsWith('.wasm')).length).toBe(hasFiles ? 3 : 0);
    });

    it('understands queries, and exports what a component exports', async () => {
      await using project = await SampleProject.make();
      await project.write('src/two.wit', 'package a:b;\nworld one { export f: func(); }\nworld two {}');
      await project.write('src/ticked.js', 'export const ticked = () => {};');
      await project.copyComponent('fuel/built/wat.wasm', 'src/fuel.wasm');
      await project.write(
        'src/main.js',
        `import { contract } from './two.wit?world=one';
       import { recur } from './fuel.wasm?component';
       export const found = [contract.world, recur(3)];`,
      );
      const map = { ticked: './src/ticked.js' };
      expect(await bundle(project, 'src/main.js', { map })).toBe('');
      const { found } = (await import(pathToFileURL(project.path('out/main.js')).href)) as { found: unknown };
      expect(found).toEqual(['a:b/one', 3]);
    });

    it('shows every error of WIT', async () => {
      await using project = await SampleProject.make();
      await project.write(
        'src/world.wit',
        'package a:b;\nworld w {\n  export f: func() -> strin;\n  import c;\n}\n',
      );
      const output = await bundle(project, 'src/answers.ts');
      expect(output).toContain('type `strin` does not exist');
      expect(output).toContain('interface `c` does not exist');
      expect(output).toContain('export f: func() -> strin;');
      for (const position of positions) expect(output).toMatch(position);
    });
  },
);
