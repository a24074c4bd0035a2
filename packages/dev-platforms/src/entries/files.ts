/** Node, Deno and Bun: `files.js DIRECTORY`, where the directory holds the components by name. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { run } from '../suite/suite.ts';

const directory = argv[2] ?? '.';

await run({
  async load(name) {
    const bytes = await readFile(join(directory, `${name.replace('/', '.')}.wasm`)).catch(() => undefined);
    return bytes === undefined ? undefined : { bytes: new Uint8Array(bytes) };
  },
  report: (line) => void stdout.write(`${JSON.stringify(line)}\n`),
});
