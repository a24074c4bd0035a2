import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { built } from './fixtures/components.ts';

/** Instantiates a component with each engine in a process in which the platform makes no functions from text. */
const program = (bytes: Uint8Array): string => `
import { instantiate } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
const bytes = Buffer.from('${Buffer.from(bytes).toString('base64')}', 'base64');
const imports = { 'example:service/processor': { processData: (input) => input } };
const answers = [];
for (const engine of ['compile', 'auto', 'reference']) {
  try {
    answers.push((await instantiate(bytes, imports, { engine })).handleRequest('hello'));
  } catch (error) {
    answers.push(String(error));
  }
}
console.log(JSON.stringify(answers));
`;

it('says which engines work where no code may be made from text', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@wit-ts/source',
    '--disallow-code-generation-from-strings',
    '--input-type=module',
    '--eval',
    program(await built('edge-handler/wat')),
  ]);
  expect(JSON.parse(stdout)).toEqual([
    "TypeError: engine: 'compile' makes code from text, which this platform or its Content-Security-Policy forbids; " +
      "'auto' and 'reference' work without",
    'ok: hello',
    'ok: hello',
  ]);
});
