/**
 * Runs the command with wit-ts or jco: `host.ts wit-ts|jco DIRECTORY [ARGUMENT…]`. The guest may use `DIRECTORY/data`.
 * It prints to the streams of this process; the last line says how it ended.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { instantiate } from '@wit-ts/runtime';
import { peer } from '@wit-ts/dev-peers';
import { inTestComponents } from '../building/paths.ts';

interface Command {
  run(): void;
}

const [, , runtime, directory = '.', ...rest] = argv;
const bytes = new Uint8Array(await readFile(inTestComponents('wasi-command/built/c.wasm')));
const { WASIShim } = await peer('preview2-shim/instantiation');
const imports = new WASIShim({
  sandbox: {
    preopens: { '/data': join(directory, 'data') },
    env: { GREETING: 'Grüße' },
    args: ['guest', ...rest],
  },
}).getImportObject();

const command = runtime === 'jco' ? await transpiled() : await underWitTs();
let ending = 'the command returned';
try {
  command.run();
} catch (error) {
  ending = `the command failed with the error ${JSON.stringify(Reflect.get(Object(error), 'payload'))}`;
}
stdout.write(`${ending}\n`);

async function underWitTs(): Promise<Command> {
  const exports = await instantiate<Record<string, Command>>(bytes, imports);
  return exports['wasi:cli/run@0.2.12']!;
}

async function transpiled(): Promise<Command> {
  const { transpileBytes } = await peer('jco-transpile');
  const { files } = await transpileBytes(bytes, { name: 'guest', instantiation: 'async' });
  const output = join(directory, 'transpiled');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(output, name)), { recursive: true });
    await writeFile(join(output, name), content);
  }
  const module: Transpiled = await import(pathToFileURL(join(output, 'guest.js')).href);
  const compile = (name: string) => WebAssembly.compile(new Uint8Array(files[name]!));
  return (await module.instantiate(compile, imports)).run;
}

interface Transpiled {
  instantiate(
    compile: (name: string) => Promise<WebAssembly.Module>,
    imports: object,
  ): Promise<{ readonly run: Command }>;
}
