/**
 * Measures one contender with one directory of WIT in a new process: `wit-speed-process.ts CONTENDER DIRECTORY WORLD
 * ROUNDS MODULE`. MODULE is the path of jco's module. Prints a `RoundTimes` as JSON.
 */
import { pathToFileURL } from 'node:url';
import { printRoundTimes } from '../speed/time-rounds.ts';

const [contender = '', directory = '', world = '', rounds = '', module = ''] = process.argv.slice(2);

interface JcoTypes {
  generateHostTypes(path: string, options: object): Promise<unknown>;
}

await printRoundTimes(load, Number(rounds));

async function load(): Promise<() => Promise<unknown>> {
  if (contender === 'jco') {
    const { generateHostTypes } = (await import(pathToFileURL(module).href)) as JcoTypes;
    return async () => generateHostTypes(directory, { worldName: world, allFeatures: true });
  }
  const wit = await import('@wit-ts/wit/node');
  const resolved = async (): Promise<Awaited<ReturnType<typeof wit.load>>> => {
    const found = await wit.load(directory, { allFeatures: true });
    const error = found.diagnostics[0];
    if (error !== undefined) throw new Error(`the input has errors: ${error.message}`);
    return found;
  };
  if (contender === 'resolve') return resolved;
  const { generate } = await import('@wit-ts/bindgen');
  return async () => generate((await resolved()).resolve, world);
}
