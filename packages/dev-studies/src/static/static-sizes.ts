import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { peer } from '@wit-ts/dev-peers';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { root } from '@wit-ts/dev-support/workspace';
import { transpile } from '@wit-ts/transpile';
import { minify } from 'rolldown/utils';
import type { Study, StudyFindings } from '../study.ts';

/** Measures the JavaScript of static modules beside that of modules that jco transpiled. */
export const staticSizes: Study = {
  name: 'static-sizes',
  question: 'How large is the JavaScript of a static module?',
  page: 'docs/static-modules.md',
  run,
};

/** What is measured, its file, and the files of the components that are given for its imports. */
const COMPONENTS: readonly (readonly [
  what: string,
  file: string,
  given?: Readonly<Record<string, string>>,
])[] = [
  ['`edge-handler` in WAT', 'edge-handler/built/wat.wasm'],
  ['`edge-handler` in Rust', 'edge-handler/built/rust.wasm'],
  ['`bench-guest`: every kind of value', 'bench-guest/built/wat.wasm'],
  ['`resources`', 'resources/built/wat.wasm'],
  ['`wasi-command`: 17 interfaces of WASI 0.2', 'wasi-command/built/c.wasm'],
  ['`tasks`: asynchronous functions', 'tasks/built/wat.wasm'],
  [
    '`shop` with `pricing`, two components',
    'linking/built/shop.wasm',
    { pricing: 'linking/built/pricing.wasm' },
  ],
  ['`shop`, linked when its module runs', 'linking/built/shop.wasm'],
];

/** Bytes of a text. */
interface Sizes {
  readonly text: number;
  readonly minified: number;
  readonly brotli: number;
}

async function run(): Promise<StudyFindings> {
  const data = [];
  for (const [what, file, given = {}] of COMPONENTS) {
    const bytes = await bytesOf(file);
    const [ours, jco] = [await sizesOf(await staticText(bytes, given)), await sizesOf(await jcoText(bytes))];
    data.push({ what, ours, jco });
  }
  const rows = data.map(({ what, ours, jco }) => [
    what,
    ...[ours, jco].flatMap((each) => (each === undefined ? ['', '', ''] : numbers(each))),
  ]);
  const headings = ['component', 'text', 'minified', 'brotli', 'jco: text', 'minified', 'brotli'];
  return {
    markdown: markdownTable(headings, rows).join('\n'),
    failed: data.some(({ ours }) => ours === undefined),
    data,
  };
}

function bytesOf(file: string): Promise<Uint8Array> {
  return readFile(join(root, 'test-components', file));
}

async function staticText(bytes: Uint8Array, given: Readonly<Record<string, string>>): Promise<string> {
  const components: Record<string, Uint8Array> = {};
  for (const [name, file] of Object.entries(given)) components[name] = await bytesOf(file);
  const [module] = await transpile(bytes, { eager: false, types: false, components });
  return String(module!.content);
}

/** Returns nothing when jco does not transpile the component. */
async function jcoText(bytes: Uint8Array): Promise<string | undefined> {
  const { transpileBytes } = await peer('jco-transpile');
  try {
    const { files } = await transpileBytes(bytes, { name: 'component', instantiation: 'async' });
    return new TextDecoder().decode(files['component.js']);
  } catch {
    return undefined;
  }
}

/** One tool minifies all texts. */
async function sizesOf(text: string | undefined): Promise<Sizes | undefined> {
  if (text === undefined) return undefined;
  const { code, errors } = await minify('component.js', text, { module: true });
  if (errors.length > 0) throw new Error(`the text cannot be minified: ${errors[0]!.message}`);
  return {
    text: Buffer.byteLength(text),
    minified: Buffer.byteLength(code),
    brotli: brotliCompressSync(code).length,
  };
}

function numbers({ text, minified, brotli }: Sizes): readonly string[] {
  return [text, minified, brotli].map((bytes) => bytes.toLocaleString('en'));
}
