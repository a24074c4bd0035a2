/** Runs a component through the runtime that was just built: `node first-answer.ts DIST`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as runtime from '@wit-ts/runtime';

interface EdgeHandler {
  handleRequest(request: string): string;
}

const [, , dist = ''] = process.argv;
const component = new URL('../built/rust.wasm', import.meta.url);
const { instantiate } = (await import(pathToFileURL(join(dist, 'index.js')).href)) as typeof runtime;
const handler = await instantiate<EdgeHandler>(await readFile(component), {
  'example:service/processor': { processData: (input: string) => input },
});
const answer = handler.handleRequest('hello edge');
if (answer !== 'ok: hello edge') throw new Error(`the built runtime gives a wrong answer: ${answer}`);
