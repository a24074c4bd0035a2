import { type Grants, refusalText } from '@wit-ts/wasi';
import { fetchHandler, type HandlerOptions } from '@wit-ts/wasi/http';
import { equal, throws } from '../../expect.ts';
import type { CaseContext } from '../../platform-case.ts';
import { suspendsStacks } from '../../platform-features.ts';
import { wasiGroup, type WasiCase } from './wasi-group.ts';

const URL_OF_GUEST = 'https://guest.example';

/** A handler, with what it reported. */
interface Handling {
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  readonly post: (path: string, body: BodyInit, headers?: Record<string, string>) => Promise<Response>;
  readonly errors: readonly string[];
  readonly refused: readonly string[];
}

export async function handling(
  context: CaseContext,
  guest: 'http-guest' | 'http-service',
  grants: Grants = {},
  options: HandlerOptions = {},
): Promise<Handling> {
  const [errors, refused]: [string[], string[]] = [[], []];
  const handle = await fetchHandler(
    await context.component(guest),
    { onRefused: (refusal) => refused.push(refusalText(refusal)), ...grants },
    { onError: (error) => errors.push(String(error)), ...options },
  );
  const ask = (path: string, init: RequestInit): Promise<Response> =>
    handle(new Request(URL_OF_GUEST + path, init));
  return {
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) => {
      // `duplex` is not in the declarations of every platform.
      const init = { method: 'POST', body, headers, duplex: 'half' };
      return ask(path, init);
    },
    errors,
    refused,
  };
}

/** What a handler of 0.2 answers when it has to wait, on a platform that cannot suspend it. */
export async function cannotWait(
  context: CaseContext,
  path: string,
  grants: Grants = {},
  headers = {},
): Promise<void> {
  const { post, errors } = await handling(context, 'http-guest', grants);
  const response = await post(path, 'four', headers);
  equal([response.status, await response.text()], [500, 'Internal Server Error\n']);
  equal(errors.length, 1, 'the number of errors');
  if (!/this platform cannot suspend/u.test(errors[0]!)) throw new Error(`another error: ${errors[0]}`);
}

/** Sends the first part of a body, and receives it again. */
async function begunEcho(post: Handling['post']): Promise<{
  readonly writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  /** Resolves when the first part has been taken. */
  readonly first: Promise<void>;
}> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  const answer = post('/echo', readable);
  const first = writer.write(Uint8Array.of(1));
  const reader = (await answer).body!.getReader();
  equal((await reader.read()).value, Uint8Array.of(1));
  return { writer, reader, first };
}

/** Sends the parts of a body one after the other, each when the one before has come back. */
async function echoes(post: Handling['post']): Promise<void> {
  const { writer, reader, first } = await begunEcho(post);
  const second = writer.write(Uint8Array.of(2));
  equal((await reader.read()).value, Uint8Array.of(2));
  await Promise.all([first, second, writer.close()]);
  equal((await reader.read()).done, true);
}

/** Makes a request that ends in a trap, and then one that is answered. */
async function traps(
  { get, errors }: Handling,
  request: Parameters<Handling['get']>,
  answered: string,
): Promise<void> {
  const response = await get(...request);
  equal([response.status, await response.text()], [500, 'Internal Server Error\n']);
  equal(
    errors.map((each) => each.startsWith('Trap: ')),
    [true],
  );
  equal((await get(answered)).status, 200);
}

/** Waits for a part of a response whose rest does not come in time. */
async function isCut(context: CaseContext, guest: 'http-guest' | 'http-service'): Promise<void> {
  const { post, errors } = await handling(context, guest, {}, { limits: { milliseconds: 200 } });
  const { writer, reader, first } = await begunEcho(post);
  await first;
  await throws(() => reader.read(), 'TypeError', /^the response is not complete$/u);
  // The reader hears of it first.
  await new Promise((done) => setTimeout(done, 0));
  equal(errors.length, 1, 'the number of errors');
  writer.abort().catch(() => {});
}

const waits = (path: string): Required<Pick<WasiCase, 'needs'>> => ({
  needs: { isThere: suspendsStacks, otherwise: (context) => cannotWait(context, path) },
});

export const handlers2 = wasiGroup('http 0.2', [
  {
    name: 'GET is answered',
    run: async (context) => {
      const { get, errors } = await handling(context, 'http-guest');
      const response = await get('/hello');
      equal([response.status, response.headers.get('content-type')], [200, 'text/plain']);
      equal(await response.text(), 'hello\n');
      equal((await get('/missing')).status, 404);
      equal(errors, []);
    },
  },
  {
    name: 'a body is read to its end',
    ...waits('/count'),
    run: async (context) => {
      const { post } = await handling(context, 'http-guest');
      equal(await (await post('/count', 'four')).text(), '4');
    },
  },
  {
    name: 'bodies are streamed both ways',
    ...waits('/echo'),
    run: async (context) => echoes((await handling(context, 'http-guest')).post),
  },
  {
    name: 'a trap is 500 without its text, and the next request is answered',
    run: async (context) => traps(await handling(context, 'http-guest'), ['/trap'], '/hello'),
  },
  {
    name: 'a response that has begun and takes too long is cut',
    ...waits('/echo'),
    run: (context) => isCut(context, 'http-guest'),
  },
]);

export const handlers3 = wasiGroup('http 0.3', [
  {
    name: 'GET and POST are answered, also many at once',
    run: async (context) => {
      const { get, post, errors } = await handling(context, 'http-service');
      equal((await get('/')).status, 200);
      const texts = Array.from({ length: 40 }, (_, at) => `request ${at}`);
      equal(await Promise.all(texts.map(async (each) => (await post('/', each)).text())), texts);
      equal(errors, []);
    },
  },
  {
    name: 'bodies are streamed both ways',
    run: async (context) => echoes((await handling(context, 'http-service')).post),
  },
  {
    name: 'a trap is 500 without its text, and the next request is answered',
    run: async (context) => traps(await handling(context, 'http-service'), ['/', { 'x-trap': '1' }], '/'),
  },
  {
    name: 'a response that has begun and takes too long is cut',
    run: (context) => isCut(context, 'http-service'),
  },
]);
