import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The static module of wit-ts, after it was imported. */
interface StaticModule<Exports> {
  instantiate(imports: object): Promise<Exports>;
}

/** Imports the module that `writeStaticModule` wrote. */
export async function importStaticModule<Exports>(directory: string): Promise<StaticModule<Exports>> {
  return (await import(pathToFileURL(join(directory, 'static.mjs')).href)) as StaticModule<Exports>;
}
