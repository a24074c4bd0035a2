/**
 * What each guest answers to the same requests under the one host, a line of JSON each: on every version of Node they must
 * be the same lines. `--js` asks for the JavaScript guest too.
 */
import { argv, stdout } from 'node:process';
import { answersOf, guests } from './answers.ts';

for (const [name, bytes] of await guests({ javascript: argv.includes('--js') })) {
  stdout.write(`${JSON.stringify({ guest: name, answers: await answersOf(bytes) })}\n`);
}
