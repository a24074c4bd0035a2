import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileStrictly, type SourceText } from '@wit-ts/dev-support/compile-strictly';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { Random } from '@wit-ts/dev-support/random';
import { randomWorld } from '../components/random-world.ts';
import { LITERAL_DECLARATIONS } from '../mapping/literals.ts';
import { Reference } from '../reference.ts';
import type { Study, StudyFindings, StudyOptions } from '../study.ts';
import { tryWorld, type TriedWorld } from './try-world.ts';

/** Takes random worlds through everything: types, static modules, and running components. */
export const randomWorlds: Study = {
  name: 'random-worlds',
  question: 'Do components of random worlds have exports of the types that are generated for them?',
  run,
};

const WORLDS = 300;
const COMPILE_OPTIONS = { target: 'es2024', lib: ['es2024', 'esnext.disposable', 'dom'] };

async function run({ seed, count = WORLDS }: StudyOptions): Promise<StudyFindings> {
  const folder = await mkdtemp(join(tmpdir(), 'wit-ts-random-worlds-'));
  try {
    const reference = new Reference();
    const tried: TriedWorld[] = [];
    const problems: string[] = [];
    for (let index = 0; tried.length < count; index += 1) {
      const random = new Random(seed * 1_000_003 + index);
      const { wit, world } = randomWorld(random);
      const made = await reference.answeringComponentOf(wit, world);
      // Random text may have no meaning, such as an export that needs an import which is not there.
      if (made.tag !== 'accepted') continue;
      try {
        const found = await tryWorld(new Uint8Array(made.value), join(folder, String(index)), random);
        tried.push(found);
        problems.push(...found.problems.map((problem) => `world ${index}: ${problem}`));
      } catch (error) {
        problems.push(`world ${index}: ${String(error)}\n${wit}`);
        if (problems.length > 20) break;
      }
    }
    problems.push(...(await typeProblems(tried)));
    return findings(tried, problems);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Compiles what was generated, with each returned value beside its declared type. */
async function typeProblems(tried: readonly TriedWorld[]): Promise<string[]> {
  const files = tried.flatMap(
    ({ files: generated, declarations, exportsName, values }, index): SourceText[] => {
      const inFolder = (name: string, texts: readonly SourceText[]): SourceText[] =>
        texts.map(({ path, content }) => ({ path: `w${index}/${name}/${path}`, content }));
      const check = [
        `import type { ${exportsName} as Exports } from './ours/${generated[0]!.path.replace(/ts$/u, 'js')}';`,
        'export type All = Exports;',
        // No value has a handle.
        LITERAL_DECLARATIONS[1]!,
        ...values.map(({ type, literal }, at) => `export const v${at}: ${type} = ${literal};`),
      ];
      return [
        ...inFolder('ours', generated),
        ...inFolder('static', declarations),
        ...(exportsName === '' ? [] : [{ path: `w${index}/check.ts`, content: `${check.join('\n')}\n` }]),
      ];
    },
  );
  const errors = await compileStrictly(files, COMPILE_OPTIONS);
  return errors.map(({ path, line, message }) => {
    const text = files.find((file) => file.path === path)?.content.split('\n')[line - 1] ?? '';
    return `${path}:${line}: ${message}\n  ${text}`;
  });
}

function findings(tried: readonly TriedWorld[], problems: readonly string[]): StudyFindings {
  const sum = (of: (world: TriedWorld) => number): string =>
    tried.reduce((total, world) => total + of(world), 0).toLocaleString('en');
  const rows = [
    [
      'generated files, and declarations of static modules, that compile',
      sum(({ files, declarations }) => files.length + declarations.length),
    ],
    ['exported functions and methods', sum(({ functions }) => functions)],
    ['exported classes', sum(({ classes }) => classes)],
    ['functions that were called', sum(({ calls }) => calls)],
    ['values that they returned, of the declared type', sum(({ values }) => values.length)],
  ];
  const markdown = [
    `${tried.length} random worlds: ${problems.length} problems.`,
    '',
    ...markdownTable(['', 'number'], rows),
    ...problems.slice(0, 20).map((problem) => `\n- ${problem}`),
  ].join('\n');
  return { markdown, failed: problems.length > 0, data: { problems } };
}
