/** The test file for Node, Deno and Bun: `node-deno-bun.js DIRECTORY ORIGIN`. The directory contains the components. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import staticModules from './static-modules.node.js';
import { runAllCases } from '../suite/run-cases.ts';

const [, , directory = '.', outside = ''] = argv;

await runAllCases({
  async load(name) {
    const bytes = await readFile(join(directory, `${name.replace('/', '.')}.wasm`)).catch(() => undefined);
    return bytes === undefined ? undefined : { bytes: new Uint8Array(bytes) };
  },
  staticModules,
  outside,
  report: (line) => void stdout.write(`${JSON.stringify(line)}\n`),
});
