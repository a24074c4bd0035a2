/** The test file for Node, Deno and Bun: `node-deno-bun.js DIRECTORY`. The directory contains the components. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { runAllCases } from '../suite/run-cases.ts';

const directory = argv[2] ?? '.';

await runAllCases({
  async load(name) {
    const bytes = await readFile(join(directory, `${name.replace('/', '.')}.wasm`)).catch(() => undefined);
    return bytes === undefined ? undefined : { bytes: new Uint8Array(bytes) };
  },
  report: (line) => void stdout.write(`${JSON.stringify(line)}\n`),
});
