/** Runs each host with the component that jco transpiles: `run-with-jco.ts DIRECTORY`. Prints a line of JSON each. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { peer } from '@wit-ts/dev-peers';
import { inTestComponents } from '../building/paths.ts';
import { jcoHosts } from './hosts.ts';
import type { JcoGuest } from './hosts/jco-host.ts';

const [, , directory = '.'] = argv;
const bytes = new Uint8Array(await readFile(inTestComponents('jco-hosts/built/wat.wasm')));
const { transpileBytes } = await peer('jco-transpile');
const { files } = await transpileBytes(bytes, { name: 'guest', instantiation: 'async', asyncMode: 'jspi' });
for (const [name, content] of Object.entries(files)) {
  await mkdir(dirname(join(directory, name)), { recursive: true });
  await writeFile(join(directory, name), content);
}
const module: Transpiled = await import(pathToFileURL(join(directory, 'guest.js')).href);

for (const { name, imports, run } of jcoHosts) {
  const guest = await module.instantiate((file) => WebAssembly.compile(new Uint8Array(files[file]!)), {
    'example:jco-hosts/host': { ...unused(), ...imports },
  });
  const seen = await run(guest).catch((error: unknown) => String(error));
  stdout.write(`${JSON.stringify([name, seen])}\n`);
}
// jco polls by a timer that keeps the process.
exit();

interface Transpiled {
  instantiate(compile: (name: string) => Promise<WebAssembly.Module>, imports: object): Promise<JcoGuest>;
}

/** jco reads all functions of the host at once. */
function unused(): object {
  const names = ['source', 'words', 'pair', 'soon', 'later', 'ask', 'sink', 'awaitBoth'];
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new Error(`the host has no ${name}`);
      },
    ]),
  );
}
