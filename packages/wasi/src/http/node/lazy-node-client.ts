import type { HttpClient } from '../message.ts';

/** A client over `node:http`, which is loaded when the first request is sent: most programs send none. */
export function lazyNodeClient(headerBytes: number): HttpClient {
  let client: Promise<HttpClient> | undefined;
  return {
    async send(request, options) {
      client ??= import('./node-client.ts').then(({ nodeClient }) => nodeClient(headerBytes));
      return (await client).send(request, options);
    },
  };
}
