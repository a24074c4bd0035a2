import { type Plugin, rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import { groupAtOnce } from './modules-at-once.ts';

const SOURCES: Readonly<Record<string, string>> = {
  page: `import { used } from 'barrel'; export const start = () => [used(), import('later')];`,
  other: `import { later } from 'later'; import { unused } from 'barrel'; export const all = () => [later(), unused()];`,
  barrel: `export { used } from 'used'; export { unused } from 'unused';`,
  used: 'export function used() { return globalThis.used; }',
  unused: 'export function unused() { return globalThis.unused; }',
  later: 'export function later() { return globalThis.later; }',
};

const files: Plugin = {
  name: 'files',
  resolveId: (id) => (Object.hasOwn(SOURCES, id) ? id : null),
  load: (id) => ({ code: SOURCES[id] ?? '', moduleSideEffects: false }),
};

it('a page loads what it uses, and nothing that it loads later or that only another entry uses', async () => {
  const group = await groupAtOnce('page', ['page'], { plugins: [files] });
  expect(Object.keys(SOURCES).filter(group.includes)).toEqual(['page', 'used']);
  const build = await rolldown({ input: ['page', 'other'], plugins: [files], logLevel: 'silent' });
  const { output } = await build.generate({
    codeSplitting: { groups: [{ name: 'page', test: group.includes }] },
  });
  const texts = output.flatMap((chunk) =>
    chunk.type === 'chunk' ? [[chunk.name, chunk.code] as const] : [],
  );
  const [, shared] = texts.find(([, code]) => code.includes('function used'))!;
  expect(shared).not.toMatch(/function (?:unused|later)/u);
});
