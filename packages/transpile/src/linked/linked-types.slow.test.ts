import { compileStrictly, type SourceText } from '@wit-ts/dev-support/compile-strictly';
import { expect, it } from 'vitest';
import { linkingBytes, linkingPart } from '../fixtures/linking-parts.ts';
import { transpile } from '../index.ts';

const HOST = `
import {
  type Component, type ComponentSource, compileComponent, instantiateComponent, instantiateComponentSync, twice,
} from './linking.js';
import { compile, instantiate as instantiateMaker, instantiateSync as makerSync } from './maker.js';
import { instantiate as instantiateNested } from './nested.js';
import { instantiate as instantiateUser } from './user.js';
import { instantiateSync as instantiateGiven } from './given.js';
import { compileComponent as compileForNested } from './nested.js';

declare const bytes: Uint8Array<ArrayBuffer>;
declare const core: object;

interface Made { answer(): number }

const source: ComponentSource = { bytes, modules: [core] };
const part: Component = await compileComponent(source);
const made = await instantiateComponent<Made>(twice, { f: (x: number) => x }, { name: 'made', suspend: ['f'] });
const answer: number = made.answer();
const again: Made = instantiateComponentSync<Made>(part, {}, { trace: ({ tag }) => void tag });

const maker = await instantiateMaker({ answers: core, 'some-component': await makerPart() });
const inner: object = maker.all.made;
const other = makerSync({ answers: core, someComponent: await makerPart() }, { modules: await compile() });
async function makerPart(): Promise<import('./maker.js').Component> {
  const { compileComponent: compilePart } = await import('./maker.js');
  return compilePart(Promise.resolve(bytes));
}

const someComponent = await compileForNested(bytes);
const nested = await instantiateNested({
  'test:linking/kit@1.2.0': { read: () => 1, answers: core, inner: { someComponent, f: (x: number) => x } },
});
const fives: number = nested.kit.read({});
await instantiateUser({ f: (x) => x, someModule: core });
const given: number = instantiateGiven({ f: (x) => x + 1 }).once(1);

export const results: readonly unknown[] = [answer, again, inner, other, fives, given];
`;

/** A line of it is one fault. */
const REFUSED = `import { instantiate } from './maker.js'; import { instantiateSync } from './given.js'; import { compileComponent } from './linking.js';
void instantiate({ answers: {} });
void instantiate({ answers: {}, someComponent: new Uint8Array() });
void instantiate({ answers: {}, someComponent: await compileComponent(new Uint8Array()) });
instantiateSync({ f: (x: number) => x, someComponent: await compileComponent(new Uint8Array()) });
`;

it('the declarations of static modules with components compile under the strictest options', async () => {
  const twice = linkingPart('twice');
  const modules = [
    transpile(linkingBytes, { name: 'linking' }),
    transpile(linkingPart('maker'), { name: 'maker', target: 'browser' }),
    transpile(linkingPart('nested'), { name: 'nested' }),
    transpile(linkingPart('module-user'), { name: 'user' }),
    transpile(linkingPart('applies'), { name: 'given', components: { someComponent: twice } }),
    transpile(linkingPart('third-order'), { name: 'order', limits: { memoryBytes: 2 ** 20, fuel: 10 } }),
  ];
  const files = (await Promise.all(modules)).flat();
  const declarations = files.filter(({ path }) => path.endsWith('.d.ts'));
  expect(String(declarations.find(({ path }) => path === 'order.d.ts')!.content)).toContain(
    'readonly argumentAgain: Component;',
  );
  const project: SourceText[] = [
    ...declarations.map(({ path, content }) => ({ path, content: String(content) })),
    { path: 'host.ts', content: HOST },
    { path: 'refused.ts', content: REFUSED },
  ];
  const errors = await compileStrictly(project, { target: 'es2022', lib: ['es2022', 'esnext.disposable'] });
  expect(errors.filter(({ path }) => path !== 'refused.ts')).toEqual([]);
  expect([...new Set(errors.map(({ line }) => line))]).toEqual([2, 3, 4, 5]);
});
