import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The ES module that jco generated, after it was imported. */
interface Transpiled<Exports> {
  instantiate(imports: Record<string, object>): Promise<Exports>;
}

/** Writes what jco generated to a directory, as `jco transpile -o` does. */
export async function writeTranspiled(
  directory: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name === 'guest.js' ? 'guest.mjs' : name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

/** Imports the module that `writeTranspiled` wrote. */
export async function importTranspiled<Exports>(directory: string): Promise<Transpiled<Exports>> {
  const module: GeneratedModule<Exports> = await import(pathToFileURL(join(directory, 'guest.mjs')).href);
  const compile = async (name: string): Promise<WebAssembly.Module> =>
    WebAssembly.compile(new Uint8Array(await readFile(join(directory, name))));
  return { instantiate: (imports) => module.instantiate(compile, imports) };
}

interface GeneratedModule<Exports> {
  instantiate(
    getCoreModule: (name: string) => Promise<WebAssembly.Module>,
    imports: Record<string, object>,
  ): Promise<Exports>;
}
