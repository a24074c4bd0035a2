/** `run-node-wasi.ts PROGRAM [ARG…]`: runs a program of preview 1 with `node:wasi`, as its documentation does. */
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [, , program = '', ...args] = process.argv;
const wasi = new WASI({
  version: 'preview1',
  args: [program, ...args],
  env: { NAME: process.env['NAME'] ?? '' },
});
const module = await WebAssembly.compile(await readFile(program));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject() as WebAssembly.Imports);
process.exitCode = wasi.start(instance);
