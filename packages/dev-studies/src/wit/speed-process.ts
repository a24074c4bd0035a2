import { pathToFileURL } from 'node:url';

/**
 * Measures one contender on one input, in a process of its own: `speed-process.ts CONTENDER DIRECTORY WORLD ROUNDS
 * [MODULE]`. Prints milliseconds as JSON: from before the import to the end of the first round (`cold`), of the first
 * round alone, and of each later round.
 */

const [contender = '', directory = '', world = '', rounds = '', module = ''] = process.argv.slice(2);

interface JcoTypes {
  generateHostTypes(path: string, options: object): Promise<unknown>;
}

const started = performance.now();
const round = await load(contender);
const loaded = performance.now();
await round();
const first = performance.now();
const later: number[] = [];
for (let i = 0; i < Number(rounds); i += 1) {
  const from = performance.now();
  await round();
  later.push(performance.now() - from);
}
const answer = { cold: first - started, first: first - loaded, later };
process.stdout.write(`${JSON.stringify(answer)}\n`);

async function load(name: string): Promise<() => Promise<unknown>> {
  if (name === 'jco') {
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
  if (name === 'resolve') return resolved;
  const { generate } = await import('@wit-ts/bindgen');
  return async () => generate((await resolved()).resolve, world);
}
