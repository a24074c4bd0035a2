/** `pnpm bench:bundle`: measures how many bytes of the runtime a web page loads, at once and on demand. */
import { textTable } from '@wit-ts/dev-support/text-table';
import { type BundleSize, measureBundle } from './measure-bundle.ts';

const programs = {
  'compile and instantiate': `export { compile, instantiate } from '@wit-ts/runtime';`,
  'generated bindings': `export { instantiateWorld } from '@wit-ts/runtime/codegen/v1';`,
  'compile and instantiate, reference engine included': `export { compile, instantiate } from '@wit-ts/runtime';
    export { referenceEngine } from '@wit-ts/runtime/reference';`,
  'compile, instantiate and validate': `export { compile, instantiate } from '@wit-ts/runtime';
    export { validate } from '@wit-ts/component';`,
};

const rows: string[][] = [];
for (const [name, program] of Object.entries(programs)) {
  const { initial, onDemand } = await measureBundle(program);
  rows.push([name, ...cells(initial)]);
  for (const [chunk, size] of onDemand) rows.push([`  on demand: ${chunk}`, ...cells(size)]);
}
process.stdout.write(`${textTable(['program (sizes in bytes)', 'minified', 'gzip', 'brotli'], rows)}\n`);

function cells({ minified, gzip, brotli }: BundleSize): string[] {
  return [minified, gzip, brotli].map((bytes) => bytes.toLocaleString('en'));
}
