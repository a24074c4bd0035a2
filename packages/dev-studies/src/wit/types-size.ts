import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generate, type GenerateOptions } from '@wit-ts/bindgen';
import { installPeers, peerPath } from '@wit-ts/dev-peers';
import { root } from '@wit-ts/dev-support/workspace';
import { qualifiedName, type Resolve, type World } from '@wit-ts/model';
import { load } from '@wit-ts/wit/node';
import type { Study, StudyFindings } from '../study.ts';
import { witSpeedInputs } from './wit-speed-inputs.ts';

/** Compares the size of declarations for hosts with those of `jco types`. */
export const typesSize: Study = {
  name: 'types-size',
  question: 'How large are types for hosts, compared with those of jco?',
  run,
};

/** A package of WIT whose worlds are generated. */
interface SizeInput {
  readonly name: string;
  readonly path: string;
}

/** The bytes of all files of worlds. */
interface Sizes {
  readonly worlds: number;
  readonly jco: number;
  readonly ours: readonly number[];
}

interface JcoTypes {
  generateHostTypes(path: string, options: object): Promise<Readonly<Record<string, Uint8Array>>>;
}

const FORMS: readonly (readonly [heading: string, options: GenerateOptions])[] = [
  ['wit-ts', {}],
  ['no contract', { contract: false }],
  ['types only', { typesOnly: true }],
  ['types only, one file', { typesOnly: true, layout: 'file' }],
];

async function run(): Promise<StudyFindings> {
  await installPeers();
  const jco = (await import(
    pathToFileURL(peerPath('@bytecodealliance/jco-transpile/dist/index.js')).href
  )) as JcoTypes;
  const wasi = (await witSpeedInputs()).filter(({ name }) => name.startsWith('WASI'));
  const rows: { readonly name: string; readonly sizes: Sizes }[] = [
    { name: 'the worlds of the corpus', sizes: await sizesOf(jco, corpus()) },
  ];
  for (const { name, directory } of wasi)
    rows.push({ name, sizes: await sizesOf(jco, [{ name, path: directory }]) });
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

function corpus(): readonly SizeInput[] {
  const folder = join(root, '../shared/corpus/wit-parse-pass');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names
    .filter((name) => !/\.(?:json|md)$/u.test(name))
    .map((name) => ({ name, path: join(folder, name) }));
}

/** Measures the worlds for which jco generates types, too. */
async function sizesOf(jco: JcoTypes, inputs: readonly SizeInput[]): Promise<Sizes> {
  const total = { worlds: 0, jco: 0, ours: FORMS.map(() => 0) };
  for (const { path } of inputs) {
    const { resolve, diagnostics, package: main } = await load(path, { allFeatures: true });
    if (diagnostics.some(({ severity }) => severity === 'error')) continue;
    for (const world of main?.worlds.values() ?? []) {
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
async function jcoSize(jco: JcoTypes, path: string, world: World): Promise<number | undefined> {
  const worldName = qualifiedName(world.package!.name, world.name);
  try {
    const files = await jco.generateHostTypes(path, { worldName, allFeatures: true });
    return Object.values(files).reduce((sum, { length }) => sum + length, 0);
  } catch {
    return undefined;
  }
}

async function ownSize(resolve: Resolve, world: World, options: GenerateOptions): Promise<number> {
  const files = await generate(resolve, world, options);
  return files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
