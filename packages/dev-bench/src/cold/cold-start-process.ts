/**
 * Measures one cold start in a new process: `node cold-start-process.ts WAY COMPONENT [DIRECTORY]`. DIRECTORY contains
 * what jco generated. Prints a `ColdStart` as JSON.
 */
import { readFile } from 'node:fs/promises';
import { answer, request } from './edge-handler.ts';
import { type ColdStart, isWayToStart, waysToStart } from './ways-to-start.ts';

const [, , way = '', component = '', directory = ''] = process.argv;
if (!isWayToStart(way)) throw new Error(`unknown way to start: ${JSON.stringify(way)}`);
const bytes = new Uint8Array(await readFile(component));

const begin = performance.now();
const start = await waysToStart[way](directory);
const loaded = performance.now();
const handler = await start(bytes);
const given = handler.handleRequest(request);
const answered = performance.now();

if (given !== answer) throw new Error(`${way}: expected the answer ${answer}, got ${given}`);
const result: ColdStart = { load: loaded - begin, firstAnswer: answered - loaded };
process.stdout.write(JSON.stringify(result));
