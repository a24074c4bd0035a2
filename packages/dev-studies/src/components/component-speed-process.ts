/**
 * Measures one contender with one component in a new process: `component-speed-process.ts CONTENDER FILE ROUNDS
 * MODULE`. MODULE is the path of jco's module. The file is read before the measurement begins. Prints a `RoundTimes` as
 * JSON.
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { printRoundTimes } from '../speed/time-rounds.ts';

const [contender = '', file = '', rounds = '', module = ''] = process.argv.slice(2);

interface JcoTools {
  componentWit(bytes: Uint8Array): Promise<string>;
}

const bytes = new Uint8Array(await readFile(file));
await printRoundTimes(load, Number(rounds));

async function load(): Promise<() => unknown> {
  if (contender === 'jco') {
    const { componentWit } = (await import(pathToFileURL(module).href)) as JcoTools;
    return async () => componentWit(bytes);
  }
  const { componentWorld, decode } = await import('@wit-ts/component');
  if (contender === 'world') return () => componentWorld(decode(bytes));
  const { print } = await import('@wit-ts/wit');
  return () => {
    const { resolve, world } = componentWorld(decode(bytes));
    return print(resolve, world);
  };
}
