/** `pnpm bench:bundle`: how much of the runtime a page loads. */
import { table } from '../table.ts';
import { type BundleSize, measureBundle } from './measure-bundle.ts';

const programs = {
  'compile and instantiate': `export { compile, instantiate } from '@wit-ts/runtime';`,
  'generated bindings': `export { instantiateWorld } from '@wit-ts/runtime/codegen/v1';`,
  'with the reference engine at once': `export { compile, instantiate } from '@wit-ts/runtime';
    export { referenceEngine } from '@wit-ts/runtime/reference';`,
  'with validation': `export { compile, instantiate } from '@wit-ts/runtime';
    export { validate } from '@wit-ts/component';`,
};

const rows: string[][] = [];
for (const [name, program] of Object.entries(programs)) {
  const { atOnce, later } = await measureBundle(program);
  rows.push([name, ...cells(atOnce)]);
  for (const [chunk, size] of later) rows.push([`  later, if needed: ${chunk}`, ...cells(size)]);
}
process.stdout.write(`${table(['bytes', 'minified', 'gzip', 'brotli'], rows)}\n`);

function cells({ minified, gzip, brotli }: BundleSize): string[] {
  return [minified, gzip, brotli].map((bytes) => bytes.toLocaleString('en'));
}
