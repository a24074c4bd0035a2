import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import { AtOnce } from './at-once.ts';

const sources: Readonly<Record<string, string>> = {
  entry: `import './first'; export const later = () => import('later');`,
  './first': `import 'shared';`,
  later: `import 'shared'; import 'own';`,
  shared: '',
  own: '',
};

it('follows what is imported at once, and nothing that is imported later', async () => {
  const atOnce = new AtOnce('entry');
  const files = {
    name: 'files',
    resolveId: (id: string) => (id in sources ? id : null),
    load: (id: string) => sources[id] ?? null,
  };
  const build = await rolldown({ input: 'entry', plugins: [files, atOnce.plugin] });
  await build.generate();
  await build.close();
  expect(Object.keys(sources).filter((id) => atOnce.includes(id))).toEqual(['entry', './first', 'shared']);
});
