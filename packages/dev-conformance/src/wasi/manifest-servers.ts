import { eachOf, jsonObject, number, oneOf, text, textList, texts, type Fields } from './json-fields.ts';

/** A server that the test starts, and whose address the guest finds in `HTTP_SERVER_<NAME>`. */
export interface WasiServer {
  readonly name: string;
  /** Nothing listens at the address of a closed server. */
  readonly isClosed: boolean;
  readonly endpoints: readonly WasiEndpoint[];
}

/** What a server answers to one method and path. */
interface WasiEndpoint {
  readonly method: string;
  readonly path: string;
  /** The answer; or the body of the request comes back as a body, or its headers and trailers as headers. */
  readonly answer: EndpointResponse | 'echo-body' | 'echo-headers';
}

export interface EndpointResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A text is a body of known length; a list is sent in chunks. */
  readonly body: string | readonly string[];
  readonly trailers: Readonly<Record<string, string>>;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']);

/** Reads the servers of a manifest. Throws an Error that says which value is wrong. */
export function readServers(manifest: Fields): readonly WasiServer[] {
  const servers = eachOf(manifest, 'servers', 'server').map(serverOf);
  const variables = servers.map(serverVariable);
  const twice = variables.find((each, index) => variables.indexOf(each) !== index);
  if (twice !== undefined) throw new Error(`two servers have the address variable \`${twice}\``);
  return servers;
}

/** The environment variable in which the guest finds the server, as `host:port`. */
export function serverVariable({ name }: WasiServer): string {
  return `HTTP_SERVER_${name.toUpperCase()}`;
}

function serverOf(server: Fields): WasiServer {
  const name = text(server, 'name');
  // The name is a part of the name of an environment variable.
  if (!/^\w+$/u.test(name)) throw new Error(`\`name\` is ${JSON.stringify(name)}, not letters and digits`);
  const isClosed = oneOf(server, 'kind', ['listening', 'closed'], 'listening') === 'closed';
  if (isClosed && server['endpoints'] !== undefined)
    throw new Error('a closed server has no `endpoints`, because nothing listens there');
  return { name, isClosed, endpoints: eachOf(server, 'endpoints', 'endpoint').map(endpointOf) };
}

function endpointOf(endpoint: Fields): WasiEndpoint {
  const method = text(endpoint, 'method', 'GET').toUpperCase();
  if (!METHODS.has(method)) throw new Error(`\`method\` is ${JSON.stringify(method)}`);
  const path = text(endpoint, 'path', '/');
  const mode = oneOf(endpoint, 'mode', ['static', 'echo-body', 'echo-headers'], 'static');
  if (mode === 'static') return { method, path, answer: responseOf(endpoint['response'] ?? '') };
  if (endpoint['response'] !== undefined)
    throw new Error(`an endpoint in mode \`${mode}\` has no \`response\``);
  return { method, path, answer: mode };
}

function responseOf(value: unknown): EndpointResponse {
  if (typeof value === 'string') return { status: 200, headers: {}, body: value, trailers: {} };
  const response = jsonObject(value, '`response`');
  const isChunked = response['chunks'] !== undefined;
  if (isChunked && response['body'] !== undefined) throw new Error('`response` has both `body` and `chunks`');
  if (!isChunked && response['trailers'] !== undefined) throw new Error('`trailers` need `chunks`');
  return {
    status: number(response, 'status', 200),
    headers: texts(response, 'headers'),
    body: isChunked ? textList(response, 'chunks') : text(response, 'body', ''),
    trailers: texts(response, 'trailers'),
  };
}
