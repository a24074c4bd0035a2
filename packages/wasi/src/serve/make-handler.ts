import { platform } from '#platform';
import type { Grants } from '../grants.ts';
import { HandlerComponent, type HandlerSource } from './handler-component.ts';
import { type Handler, handlerOf, HEADER_BYTES } from './handler-of.ts';
import type { HandlerOptions } from './options.ts';

/** Compiles a component and makes one instance, so that what is wrong with it shows before the first request. */
export async function makeHandler(
  source: HandlerSource,
  grants: Grants,
  options: HandlerOptions,
): Promise<Handler> {
  const given = { ...options, onError: options.onError ?? warn };
  const client = platform.httpClient(grants.limits?.headerBytes ?? HEADER_BYTES);
  const component = await HandlerComponent.load(source, grants, given, client);
  const handler = handlerOf(component, grants, given);
  await handler.prepare();
  return handler;
}

function warn(error: unknown): void {
  console.warn(error);
}
