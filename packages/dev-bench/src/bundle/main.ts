/**
 * `pnpm bench:bundle`: measures how many bytes of the runtime a web page loads, at once and on demand: as one file of
 * Rolldown, and in pages that Vite builds.
 */
import { runPnpm } from '@wit-ts/dev-support/run-command';
import { textTable } from '@wit-ts/dev-support/text-table';
import { type BundleSize, measureBundle, sumOf } from './measure-bundle.ts';
import { measurePage } from './measure-page.ts';

const programs = {
  'compile and instantiate': `export { compile, instantiate } from '@wit-ts/runtime';`,
  'generated bindings': `export { instantiateWorld } from '@wit-ts/runtime/codegen/v1';`,
  'compile and instantiate, reference engine included': `export { compile, instantiate } from '@wit-ts/runtime';
    export { referenceEngine } from '@wit-ts/runtime/reference';`,
  'compile, instantiate and validate': `export { compile, instantiate } from '@wit-ts/runtime';
    export { validate } from '@wit-ts/component';`,
};

const pages = [
  ['page of Vite, a component through the published runtime', 'runtime', 'published'],
  ["page of Vite, a component through the runtime's source", 'runtime', 'source'],
  ['page of Vite, a component as a static module', 'static', 'source'],
] as const;

/** The file of the engine, which a page needs before the first answer. */
const ENGINE = 'engine';

const rows: string[][] = [];
for (const [name, program] of Object.entries(programs)) {
  const { initial, onDemand } = await measureBundle(program);
  rows.push([name, ...cells(initial)]);
  for (const [chunk, size] of onDemand) rows.push([`  on demand: ${chunk}`, ...cells(size)]);
}

const { code, output } = await runPnpm(['--filter', '@wit-ts/runtime...', 'run', 'build']);
if (code !== 0) throw new Error(`the runtime cannot be built: ${output}`);
for (const [name, page, form] of pages) {
  const { initial, files, onDemand } = await measurePage(page, form);
  rows.push([`${name}: ${files} files`, ...cells(initial)]);
  const engines = onDemand.filter(([chunk]) => chunk === ENGINE).map(([, size]) => size);
  if (engines.length > 0) rows.push(['  at once and the engine', ...cells(sumOf([initial, ...engines]))]);
  const sizes = onDemand.filter(([chunk]) => chunk !== ENGINE).map(([, size]) => size);
  if (sizes.length > 0) rows.push([`  on demand: ${sizes.length} files`, ...cells(sumOf(sizes))]);
}
process.stdout.write(`${textTable(['program (sizes in bytes)', 'minified', 'gzip', 'brotli'], rows)}\n`);

function cells({ minified, gzip, brotli }: BundleSize): string[] {
  return [minified, gzip, brotli].map((bytes) => bytes.toLocaleString('en'));
}
