/** `serve.ts COMPONENT [PORT]`: serves a component of the world `edge-handler` behind HTTP. */
import { readFile } from 'node:fs/promises';
import process, { argv, stderr, stdout } from 'node:process';
import { compile } from '@wit-ts/runtime';
import { httpFront } from './http-front.ts';
import { imports } from './process-data.ts';

const [, , path, port = '0'] = argv;
if (path === undefined) {
  stderr.write('usage: serve.ts COMPONENT [PORT]\n');
  process.exitCode = 2;
} else {
  const server = httpFront(await compile(new Uint8Array(await readFile(path))), imports);
  server.listen(Number(port), '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null)
      stdout.write(`listening on http://127.0.0.1:${address.port}\n`);
  });
}
