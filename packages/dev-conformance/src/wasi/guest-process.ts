/**
 * The process of one guest of the shim, to compare with: `guest-process.ts SETTINGS`. It links the component with
 * `preview3-shim`, whose state is that of a process, and runs it as `wit-ts run` and `wit-ts serve` do: the standard
 * streams are the guest's, a command ends with its exit code, a service prints its address, and ends with 0 at SIGINT
 * or SIGTERM.
 */
import { readFile } from 'node:fs/promises';
import process, { argv, exit, stderr } from 'node:process';
import { ComponentError, instantiate, Trap } from '@wit-ts/runtime';
import type { GuestSettings } from './guest-settings.ts';
import { serveHandler, type HttpHandler } from './serve-handler.ts';
import { shimHost, type ShimHost } from './shim-imports.ts';

interface Command {
  run(): Promise<void>;
}

/** How long, in milliseconds, output may be on its way after a command has returned. */
const FLUSH = 500;

/** The exit code of a guest that did not end by itself, as for a process that an abort ended. */
const ABORTED = 134;

/** The exit code of a guest that could not be run. */
const FAULT = 70;

/**
 * A trap after the guest has returned is a failure, too. Other errors are not printed, because standard error is the
 * guest's. It learns from a future why a stream has ended.
 */
const onError = (error: Error): void => {
  if (error instanceof Trap) void fail(error);
};

const settings: GuestSettings = JSON.parse(argv[2] ?? '{}');
process.on('uncaughtException', (error) => void fail(error));
try {
  const host = await shimHost(settings);
  if (settings.world === 'service') await serve(host);
  else await run(host);
} catch (error) {
  await fail(error);
}

async function run({ imports, flushed }: ShimHost): Promise<void> {
  const command = exported<Command>(await instantiated(imports), 'wasi:cli/run');
  // The shim's workers do not keep a process, and neither does a guest that waits for them.
  const running = setInterval(() => undefined, 2 ** 30);
  let code = 0;
  try {
    await command.run();
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error;
    code = 1;
  }
  clearInterval(running);
  await flushed(FLUSH);
  exit(code);
}

async function serve({ imports, shim }: ShimHost): Promise<void> {
  const handler = exported<HttpHandler>(await instantiated(imports), 'wasi:http/handler');
  const server = serveHandler(handler, shim);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => exit(0));
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null)
      stderr.write(`listening on http://127.0.0.1:${address.port}\n`);
  });
}

async function instantiated(imports: Record<string, object>): Promise<Readonly<Record<string, unknown>>> {
  return instantiate(await readFile(settings.component), imports, { onError });
}

/** Returns the interface of the newest version. A guest may export `wasi:cli/run` of 0.2 and of 0.3. */
function exported<Interface>(exports: Readonly<Record<string, unknown>>, name: string): Interface {
  const versions = Object.keys(exports).filter((each) => each.startsWith(`${name}@`));
  const newest = versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (newest === undefined) throw new Error(`the component does not export \`${name}\``);
  return exports[newest] as Interface;
}

/** Reports an error of the guest as the command line does. Only a trap has an exit code that tests may expect. */
async function fail(error: unknown): Promise<never> {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  await new Promise<void>((done) => stderr.write(`error: ${message}\n`, () => done()));
  return exit(error instanceof Trap ? ABORTED : FAULT);
}
