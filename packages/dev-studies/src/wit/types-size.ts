import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, type GenerateOptions } from '@wit-ts/bindgen';
import type { Resolve, World } from '@wit-ts/model';
import { load } from '@wit-ts/wit/node';
import { JcoHostTypes } from '../jco-types/jco-host-types.ts';
import type { Study, StudyFindings } from '../study.ts';
import { witSpeedInputs } from './wit-speed-inputs.ts';
import { corpusInputs, npmInputs, type WorldInput } from './world-inputs.ts';

/** Compares the size of declarations for hosts with those of `jco types`. */
export const typesSize: Study = {
  name: 'types-size',
  question: 'How large are types for hosts, compared with those of jco?',
  run,
};

/** The bytes of all files of worlds. */
interface Sizes {
  readonly worlds: number;
  readonly jco: number;
  readonly ours: readonly number[];
}

const FORMS: readonly (readonly [heading: string, options: GenerateOptions])[] = [
  ['wit-ts', {}],
  ['no contract', { contract: false }],
  ['types only', { typesOnly: true }],
  ['types only, one file', { typesOnly: true, layout: 'file' }],
];

async function run(): Promise<StudyFindings> {
  const jco = new JcoHostTypes();
  const folder = await mkdtemp(join(tmpdir(), 'wit-ts-sizes-'));
  const rows: { readonly name: string; readonly sizes: Sizes }[] = [];
  try {
    rows.push({
      name: 'the worlds of the corpus',
      sizes: await sizesOf(jco, await corpusInputs()),
    });
    rows.push({ name: 'the worlds of the npm packages', sizes: await sizesOf(jco, await npmInputs(folder)) });
    for (const input of (await witSpeedInputs()).filter(({ name }) => name.startsWith('WASI')))
      rows.push({
        name: input.name,
        sizes: await sizesOf(jco, [await inputIn(input.name, input.directory)]),
      });
  } finally {
    await jco.close();
    await rm(folder, { recursive: true });
  }
  const headings = ['input', 'worlds', 'jco types', ...FORMS.map(([heading]) => heading)];
  const lines = rows.map(({ name, sizes: { worlds, jco: theirs, ours } }) => [
    name,
    String(worlds),
    kilobytes(theirs),
    ...ours.map((bytes) => `${kilobytes(bytes)} (${(bytes / theirs).toFixed(2)}×)`),
  ]);
  const align = headings.map((_, index) => (index === 0 ? '---' : '--:'));
  const markdown = [headings, align, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return { markdown, failed: false, data: rows };
}

async function inputIn(name: string, path: string): Promise<WorldInput> {
  const { resolve, package: main } = await load(path, { allFeatures: true });
  return { name, path, resolve, worlds: [...(main?.worlds.values() ?? [])] };
}

/** Measures the worlds for which jco generates types, too. */
async function sizesOf(jco: JcoHostTypes, inputs: readonly WorldInput[]): Promise<Sizes> {
  const total = { worlds: 0, jco: 0, ours: FORMS.map(() => 0) };
  for (const { path, resolve, worlds } of inputs) {
    for (const world of worlds) {
      const theirs = await jcoSize(jco, path, world);
      if (theirs === undefined) continue;
      total.worlds += 1;
      total.jco += theirs;
      for (const [index, [, options]] of FORMS.entries())
        total.ours[index]! += await ownSize(resolve, world, options);
    }
  }
  return total;
}

/** Returns undefined for a world that jco cannot generate. */
async function jcoSize(jco: JcoHostTypes, path: string, world: World): Promise<number | undefined> {
  const files = await jco.generate(path, world);
  return typeof files === 'string' ? undefined : bytesOf(files);
}

async function ownSize(resolve: Resolve, world: World, options: GenerateOptions): Promise<number> {
  const files = await generate(resolve, world, options);
  return bytesOf(files);
}

function bytesOf(files: readonly { readonly content: string }[]): number {
  return files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
