import type { Grants } from '../grants.ts';
import { answerFetch } from '../http/web/answer-fetch.ts';
import { checkHandlerOptions } from './check-options.ts';
import type { HandlerSource } from './handler-component.ts';
import { makeHandler } from './make-handler.ts';
import type { HandlerOptions } from './options.ts';

/**
 * Returns a function that answers a `Request` with a component, to mount into a server or a worker. It takes components
 * with `wasi:http/incoming-handler` of 0.2 and with `wasi:http/handler` of 0.3.
 *
 * A component of 0.2 that waits, for the rest of a body or for a response of another server, needs JavaScript Promise
 * Integration (Node 24, Deno, Bun, Chromium). On other platforms it answers with the status 500 when it has to wait.
 *
 * @param source the bytes of the component, or what `compile` returned
 * @throws TypeError when the component exports no handler, or the grants or options are wrong
 * @throws LinkError when the component imports something else than WASI
 */
export async function fetchHandler(
  source: HandlerSource,
  grants: Grants = {},
  options: HandlerOptions = {},
): Promise<(request: Request) => Promise<Response>> {
  checkHandlerOptions(options);
  const { handle, bodyBytes } = await makeHandler(source, grants, options);
  return (request) => answerFetch(handle, request, bodyBytes);
}
