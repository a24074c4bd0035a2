// Serves the guest as a worker in workerd; the arguments are the port and the kind of instances, or `bare` for a worker
// without a component that gives the same answer.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runtimeCommand } from '@wit-ts/dev-platforms/install-runtime';
import { transpileWorker } from '@wit-ts/transpile';
import { COMPONENT } from './servers.ts';

const BARE = `export default {
  fetch: () => new Response('hello\\n', { headers: { 'content-type': 'text/plain' } }),
};`;

const [, , port, kind] = process.argv;
const grants = { instances: kind === 'pool' ? 'pool' : 'request' } as const;
const directory = await mkdtemp(join(tmpdir(), 'wit-ts-worker-'));
for (const { path, content } of await transpileWorker(await readFile(COMPONENT), { grants }))
  await writeFile(join(directory, path), kind === 'bare' && path === 'worker.js' ? BARE : content);
const args = ['serve', 'workerd.capnp', '--socket-addr', `http=127.0.0.1:${port}`];
spawn(await runtimeCommand('workerd'), args, { cwd: directory, stdio: 'ignore' });
