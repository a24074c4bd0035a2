import { resolve } from 'node:path';
import { type Server, serve as startServer, type ServeOptions } from '@wit-ts/wasi/http';
import type { Grants } from '@wit-ts/wasi/run';
import type { CommandContext } from '../command-context.ts';
import { Failure, usageFailure } from '../failure.ts';
import { type GrantFlags, grantsOf } from '../grants/grants-of.ts';
import { readBinary } from '../read-input.ts';
import { programFailure } from '../run/program-failure.ts';
import { listenFailure } from '../serve/listen-failure.ts';
import { ServeLog } from '../serve/serve-log.ts';
import { type ServeFlags, serveOptionsOf } from '../serve/serve-options.ts';

/** Serves a component with what the flags grant, until a signal ends the process. */
export async function serve(
  context: CommandContext,
  [given = '']: readonly string[],
  flags: ServeFlags & GrantFlags,
): Promise<number> {
  const { cwd, env, signal } = context.io;
  if (flags.watch === true && given === '-') throw usageFailure('`--watch` cannot watch standard input');
  const log = new ServeLog(context);
  // Instances cannot share one input.
  const { stdin: _, ...granted } = grantsOf(flags, { program: given, args: [], cwd, env });
  const traced =
    flags.trace === true
      ? (await import('../grants/traced-grants.ts')).tracedGrants(context, flags, granted)
      : granted;
  const grants = { ...traced, onRefused: log.refused };
  const { request: onRequest, error: onError } = log;
  const options = { ...serveOptionsOf(flags), ...(onRequest && { onRequest }), onError };
  const bytes = await readBinary(context, given);
  const server = await started(bytes, grants, options, { given, address: flags.addr });
  log.address(server.address);
  if (flags.watch === true) await replaceOnChanges(context, server, given, bytes);
  else if (!signal.aborted)
    await new Promise((ended) => signal.addEventListener('abort', ended, { once: true }));
  const closed = server.close();
  // Whoever reads this line finds that the server takes no more requests.
  context.note('ending when the requests that have begun are answered; press Ctrl+C to end at once');
  await closed;
  log.flush();
  // Programs whose connections were cut may still wait for something, which would keep the process.
  return process.exit();
}

async function started(
  bytes: Uint8Array,
  grants: Grants,
  options: ServeOptions,
  { given, address }: { readonly given: string; readonly address: string },
): Promise<Server> {
  try {
    return await startServer(bytes, grants, options);
  } catch (error) {
    throw listenFailure(error, address) ?? programFailure(error, given, 'served');
  }
}

/** Serves what the file contains after each change, until a signal. A file that cannot be served changes nothing. */
async function replaceOnChanges(
  context: CommandContext,
  server: Server,
  given: string,
  first: Uint8Array,
): Promise<void> {
  const { watchInputs } = await import('../watch-input.ts');
  let served = first;
  await watchInputs(context, [resolve(context.io.cwd, given)], [], async () => {
    const bytes = await readBinary(context, given);
    if (Buffer.compare(bytes, served) === 0) return;
    try {
      await server.replace(bytes);
    } catch (error) {
      const { exitCode, message } = programFailure(error, given, 'served');
      throw new Failure(exitCode, message, 'the component before is still served');
    }
    served = bytes;
    context.note(`serving the changed ${given}`);
  });
}
