// Serves the guest; the arguments are the port and the kind of instances. The process that started it learns how much
// memory it uses.
import { readFile } from 'node:fs/promises';
import { serve } from '@wit-ts/wasi/http';
import { COMPONENT } from './servers.ts';

const [, , port, instances] = process.argv;
await serve(
  await readFile(COMPONENT),
  {},
  { port: Number(port), instances: instances === 'pool' ? 'pool' : 'request', onError: () => {} },
);
setInterval(() => process.send?.(process.memoryUsage()), 50);
