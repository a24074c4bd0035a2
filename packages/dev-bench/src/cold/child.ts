/**
 * One cold start in a process of its own: `node child.ts NAME COMPONENT [DIRECTORY]`. Prints the milliseconds it took as JSON.
 */
import { readFile } from 'node:fs/promises';
import { answer, request } from './edge-handler.ts';
import { type ColdStart, isStartName, starts } from './starts.ts';

const name = process.argv[2] ?? '';
if (!isStartName(name)) throw new Error(`There is no start named ${name}.`);
const bytes = new Uint8Array(await readFile(process.argv[3] ?? ''));

const begin = performance.now();
const start = await starts[name](process.argv[4] ?? '');
const loaded = performance.now();
const handler = await start(bytes);
const given = handler.handleRequest(request);
const answered = performance.now();

if (given !== answer) throw new Error(`${name} answered ${given} instead of ${answer}.`);
const result: ColdStart = { load: loaded - begin, firstAnswer: answered - loaded };
process.stdout.write(JSON.stringify(result));
