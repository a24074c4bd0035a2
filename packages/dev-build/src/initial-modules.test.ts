import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import { InitialModules } from './initial-modules.ts';

const sources: Readonly<Record<string, string>> = {
  entry: `import './first'; export const later = () => import('later');
    import 'both'; export const again = () => import('both');`,
  './first': `import 'shared';`,
  later: `import 'shared'; import 'private';`,
  shared: '',
  private: '',
  both: '',
};

it('collects static imports and leaves out what is also imported dynamically', async () => {
  const initial = new InitialModules(['entry']);
  const files = {
    name: 'files',
    resolveId: (id: string) => (id in sources ? id : null),
    load: (id: string) => sources[id] ?? null,
  };
  const build = await rolldown({ input: 'entry', plugins: [files, initial.plugin] });
  await build.generate();
  await build.close();
  expect(Object.keys(sources).filter((id) => initial.includes(id))).toEqual(['entry', './first', 'shared']);
});
