import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import type { Tarball } from '@wit-ts/dev-build/pack-all';
import { runCommand } from '@wit-ts/dev-support/run-command';

interface Registry {
  /** Its address, with a slash at the end. No other registry has had it, so that no cache knows what it answers. */
  readonly url: string;
  close(): Promise<void>;
}

/** What the registry answers for one of its own packages. */
interface Published {
  readonly tarball: Buffer;
  readonly fileName: string;
  /** The document that lists the versions of the package. */
  metadata(address: string): unknown;
}

/** Package managers refuse versions that are too young, so the packages pretend to be old. */
const PUBLISHED_AT = '2020-01-01T00:00:00.000Z';

/**
 * Starts an npm registry on the loopback interface that has the given packages, so that installers find them by name
 * and version as they will once they are published. It gets every other package from the real registry, whose address
 * ends with a slash.
 */
export async function startRegistry(tarballs: readonly Tarball[], upstream: string): Promise<Registry> {
  const published = new Map<string, Published>();
  for (const tarball of tarballs) published.set(tarball.package.manifest.name, await publish(tarball));
  const prefix = `/${randomUUID()}/`;
  const server = createServer((request, response) => {
    const { url = '' } = request;
    const path = url.startsWith(prefix) ? url.slice(prefix.length) : url.slice(1);
    const address = `http://${request.headers.host}${prefix}`;
    const own = published.get(decodeURIComponent(path).split('/-/')[0] ?? '');
    if (own === undefined)
      void forward(path, request.headers.accept, { from: upstream, to: address }, response);
    else answer(own, path, address, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    close: () =>
      new Promise((done, fail) => {
        server.close((error) => (error === undefined ? done() : fail(error)));
        server.closeAllConnections();
      }),
  };
}

async function publish({ file }: Tarball): Promise<Published> {
  const tarball = await readFile(file);
  const { output } = await runCommand('tar', ['-xzOf', file, 'package/package.json'], { outputOnly: true });
  const manifest = JSON.parse(output) as { readonly name: string; readonly version: string };
  const { name, version } = manifest;
  const fileName = basename(file);
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const shasum = createHash('sha1').update(tarball).digest('hex');
  return {
    tarball,
    fileName,
    metadata: (address) => ({
      name,
      'dist-tags': { latest: version },
      versions: {
        [version]: { ...manifest, dist: { tarball: `${address}${name}/-/${fileName}`, integrity, shasum } },
      },
      time: { created: PUBLISHED_AT, modified: PUBLISHED_AT, [version]: PUBLISHED_AT },
    }),
  };
}

function answer(own: Published, path: string, address: string, response: ServerResponse): void {
  const [, fileName] = decodeURIComponent(path).split('/-/');
  if (fileName === undefined) {
    const metadata = JSON.stringify(own.metadata(address));
    response.writeHead(200, { 'content-type': 'application/json' }).end(metadata);
  } else if (fileName === own.fileName) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(own.tarball);
  } else {
    response.writeHead(404).end();
  }
}

/** Answers with what another registry answers, in which this registry's address replaces the other's. */
async function forward(
  path: string,
  accept: string | undefined,
  { from, to }: { readonly from: string; readonly to: string },
  response: ServerResponse,
): Promise<void> {
  try {
    const answered = await fetch(new URL(path, from), accept === undefined ? {} : { headers: { accept } });
    const type = answered.headers.get('content-type') ?? 'application/octet-stream';
    const body = type.includes('json')
      ? (await answered.text()).replaceAll(from, to)
      : new Uint8Array(await answered.arrayBuffer());
    response.writeHead(answered.status, { 'content-type': type }).end(body);
  } catch {
    response.writeHead(502).end();
  }
}
