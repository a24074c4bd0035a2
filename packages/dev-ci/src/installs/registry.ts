import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import type { Tarball } from '@wit-ts/dev-build/pack-all';
import { runCommand } from '@wit-ts/dev-support/run-command';

export interface Registry {
  /** Its address, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** What the registry answers for one of its own packages. */
interface Published {
  readonly tarball: Buffer;
  readonly fileName: string;
  /** The document that lists the versions of the package. */
  metadata(url: string): unknown;
}

/** Package managers refuse versions that are too young, so the packages pretend to be old. */
const PUBLISHED_AT = '2020-01-01T00:00:00.000Z';

/**
 * Starts an npm registry on the loopback interface that has the given packages, so that installers find them by name and
 * version as they will once they are published. For every other package it redirects to the real registry.
 */
export async function startRegistry(tarballs: readonly Tarball[], upstream: string): Promise<Registry> {
  const published = new Map<string, Published>();
  for (const tarball of tarballs) published.set(tarball.package.manifest.name, await publish(tarball));
  const server = createServer((request, response) => {
    answer(request, response, published, upstream);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
    metadata: (url) => ({
      name,
      'dist-tags': { latest: version },
      versions: {
        [version]: { ...manifest, dist: { tarball: `${url}/${name}/-/${fileName}`, integrity, shasum } },
      },
      time: { created: PUBLISHED_AT, modified: PUBLISHED_AT, [version]: PUBLISHED_AT },
    }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  published: ReadonlyMap<string, Published>,
  upstream: string,
): void {
  const path = decodeURIComponent((request.url ?? '/').slice(1));
  const [name = '', fileName] = path.split('/-/');
  const found = published.get(name);
  if (found === undefined) {
    response.writeHead(307, { location: `${upstream.replace(/\/$/u, '')}${request.url}` }).end();
  } else if (fileName === undefined) {
    const url = `http://${request.headers.host}`;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found.metadata(url)));
  } else if (fileName === found.fileName) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(found.tarball);
  } else {
    response.writeHead(404).end();
  }
}
