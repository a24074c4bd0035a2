import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/**
 * Measures one contender on one component, in a process of its own: `speed-process.ts CONTENDER FILE ROUNDS [MODULE]`.
 * Prints milliseconds as JSON: from before the import to the end of the first round (`cold`), and of each later round. The
 * file is read before.
 */

const [contender = '', file = '', rounds = '', module = ''] = process.argv.slice(2);

interface JcoTools {
  componentWit(bytes: Uint8Array): Promise<string>;
}

const bytes = new Uint8Array(await readFile(file));
const started = performance.now();
const round = await load(contender);
await round();
const cold = performance.now() - started;
const later: number[] = [];
for (let i = 0; i < Number(rounds); i += 1) {
  const from = performance.now();
  await round();
  later.push(performance.now() - from);
}
process.stdout.write(`${JSON.stringify({ cold, later })}\n`);

async function load(name: string): Promise<() => unknown> {
  if (name === 'jco') {
    const { componentWit } = (await import(pathToFileURL(module).href)) as JcoTools;
    return async () => componentWit(bytes);
  }
  const { componentWorld, decode } = await import('@wit-ts/component');
  if (name === 'world') return () => componentWorld(decode(bytes));
  const { print } = await import('@wit-ts/wit');
  return () => {
    const { resolve, world } = componentWorld(decode(bytes));
    return print(resolve, world);
  };
}
