import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peersInstalled } from '@wit-ts/dev-peers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltinsGuest } from './fixture-builtins.ts';
import { directories, httpClient, tcpSockets } from './fixture-interfaces.ts';

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';
const engines = ['compile', 'reference'] as const;

/** `CopyResult`. */
const [COMPLETED, DROPPED] = [0, 1];
const RESULT = 1024;
const BUFFER = 4096;

describe.skipIf(absent).each(engines)(`sockets of preview3-shim (%s)${why}`, (engine) => {
  let guest: BuiltinsGuest;
  beforeAll(async () => {
    guest = await BuiltinsGuest.made(tcpSockets, engine);
  });

  function created(): number {
    guest.call('create', 0, RESULT);
    expect(guest.byte(RESULT)).toBe(0);
    return guest.call('peek', RESULT + 4);
  }

  /** Starts to connect to a port of 127.0.0.1. Arguments of more than four numbers are in memory. */
  function connecting(socket: number, port: number): number {
    const [at, ipv4] = [2048, 0];
    guest.call('poke', at, socket);
    guest.call('poke', at + 4, ipv4);
    guest.call('poke', at + 8, port | (127 << 16));
    guest.call('poke', at + 12, 1 << 8);
    return guest.call('connect', at, RESULT);
  }

  it('are the elements of a stream of connections, and carry bytes both ways', async () => {
    const server = created();
    guest.call('bind', server, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, RESULT);
    expect(guest.byte(RESULT)).toBe(0);
    guest.call('listen', server, RESULT);
    const connections = guest.call('peek', RESULT + 4);
    guest.call('localAddress', server, RESULT);
    const port = guest.call('peek', RESULT + 8) & 0xffff;

    const client = created();
    const connect = connecting(client, port);
    const accept = guest.call('socketsRead', connections, BUFFER, 1);
    await guest.returned(connect);
    expect(guest.byte(RESULT)).toBe(0);
    expect(await guest.copied(connections, accept)).toBe((1 << 4) | COMPLETED);
    const accepted = guest.call('peek', BUFFER);

    for (const [from, to] of [
      [client, accepted],
      [accepted, client],
    ] as const)
      await sends(from, to);
  }, 30_000);

  async function sends(from: number, to: number): Promise<void> {
    const [readable, writable] = guest.ends('bytes');
    const sent = guest.call('send', from, readable);
    for (let at = 0; at < 400; at += 4) guest.call('poke', BUFFER + at, at * 0x0001_0101);
    const written = guest.call('bytesWrite', writable, BUFFER, 400);
    expect(await guest.copied(writable, written)).toBe((400 << 4) | COMPLETED);
    guest.call('bytesDropWritable', writable);
    await guest.copied(sent, guest.call('endRead', sent, RESULT));
    expect(guest.byte(RESULT)).toBe(0);

    guest.call('receive', to, RESULT);
    const received = guest.call('peek', RESULT);
    let total = 0;
    while (total < 400) {
      const read = await guest.copied(received, guest.call('bytesRead', received, 8192 + total, 400 - total));
      total += read >>> 4;
    }
    expect(guest.call('peek', 8192 + 396)).toBe(guest.call('peek', BUFFER + 396));
  }

  it('refuse a connection that nobody accepts, as the error of an asynchronous call', async () => {
    await guest.returned(connecting(created(), 1));
    expect([guest.byte(RESULT), guest.byte(RESULT + 4)]).toEqual([1, 9]);
  }, 30_000);

  it('give a stream at its end and a future of an error before they are connected', async () => {
    guest.call('receive', created(), RESULT);
    const [stream, end] = [guest.call('peek', RESULT), guest.call('peek', RESULT + 4)];
    expect(await guest.copied(stream, guest.call('bytesRead', stream, BUFFER, 10))).toBe(DROPPED);
    await guest.copied(end, guest.call('endRead', end, RESULT));
    expect([guest.byte(RESULT), guest.byte(RESULT + 4)]).toEqual([1, 5]);
  }, 30_000);
});

describe.skipIf(absent).each(engines)(`directories of preview3-shim (%s)${why}`, (engine) => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'wit-ts-shim-'));
    await writeFile(join(directory, 'ä.txt'), 'text');
    await mkdir(join(directory, 'inside'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('give their entries as a stream of records', async () => {
    const guest = await BuiltinsGuest.made(directories, engine, directory);
    guest.call('directories', RESULT);
    expect(guest.call('peek', RESULT + 4)).toBe(1);
    const descriptor = guest.call('peek', guest.call('peek', RESULT));
    guest.call('readDirectory', descriptor, RESULT);
    const [entries, end] = [guest.call('peek', RESULT), guest.call('peek', RESULT + 4)];
    const found = new Map<string, number>();
    for (;;) {
      const read = await guest.copied(entries, guest.call('entriesRead', entries, BUFFER, 1));
      // An entry is its type, a variant with the option of a string, and its name.
      if (read >>> 4 === 1) {
        const [name, length] = [guest.call('peek', BUFFER + 16), guest.call('peek', BUFFER + 20)];
        const bytes = Uint8Array.from({ length }, (_, at) => guest.byte(name + at));
        found.set(new TextDecoder().decode(bytes), guest.byte(BUFFER));
      }
      if ((read & 15) !== COMPLETED) break;
    }
    expect(found).toEqual(
      new Map([
        ['ä.txt', 1],
        ['inside', 0],
      ]),
    );
    await guest.copied(end, guest.call('endRead', end, RESULT));
    expect(guest.byte(RESULT)).toBe(0);
  }, 30_000);
});

describe.skipIf(absent).each(engines)(`requests of preview3-shim (%s)${why}`, (engine) => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((incoming, outgoing) => {
      incoming.on('error', () => {});
      incoming.setEncoding('utf8');
      let body = '';
      incoming.on('data', (text: string) => (body += text));
      incoming.on('end', () => outgoing.end(`${body}!`));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => void server.close());

  interface Sent {
    readonly guest: BuiltinsGuest;
    /** What `send` returned: 0 and the response, or 1 and the case of the error. */
    readonly result: readonly [number, number];
    /** What the future of the transmission says: 0 is well. */
    readonly transmitted: number;
    /** How many bytes each write passed. */
    readonly written: readonly number[];
  }

  /** Sends a request whose body is written in pieces of `a`. `trailers` is the result of the trailers. */
  async function sent(
    contentLength: number | undefined,
    pieces: readonly number[],
    trailers = 0,
  ): Promise<Sent> {
    const guest = await BuiltinsGuest.made(httpClient, engine);
    const fields = guest.call('fields');
    if (contentLength !== undefined)
      guest.call(
        'append',
        fields,
        ...guest.text('content-length'),
        ...guest.text(String(contentLength)),
        RESULT,
      );
    const [body, writable] = guest.ends('bytes');
    const [trailersRead, trailersWrite] = guest.ends('trailers');
    guest.call('request', fields, 1, body, trailersRead, 0, 0, RESULT);
    const [request, transmission] = [guest.call('peek', RESULT), guest.call('peek', RESULT + 4)];
    const { port } = server.address() as { readonly port: number };
    guest.call('setMethod', request, 1);
    guest.call('setAuthority', request, 1, ...guest.text(`127.0.0.1:${port}`));
    guest.call('setPath', request, 1, ...guest.text('/'));
    const sending = guest.call('send', request, 2048);
    for (let at = 0; at < 64; at += 4) guest.call('poke', BUFFER + at, 0x6161_6161);
    const written: number[] = [];
    for (const piece of pieces) {
      const write = await guest.copied(writable, guest.call('bytesWrite', writable, BUFFER, piece));
      written.push(write >>> 4);
      if ((write & 15) !== COMPLETED) break;
    }
    guest.call('bytesDropWritable', writable);
    // An error is the case 2, `HTTP-protocol-error`.
    guest.call('poke', 3072, trailers);
    guest.call('poke', 3080, trailers === 0 ? 0 : 2);
    await guest.copied(trailersWrite, guest.call('trailersWrite', trailersWrite, 3072));
    await guest.returned(sending);
    const result = [guest.byte(2048), guest.call('peek', 2056)] as const;
    await guest.copied(transmission, guest.call('endRead', transmission, RESULT));
    return { guest, result, transmitted: guest.byte(RESULT), written };
  }

  it('send what the guest writes, and give the response as a stream', async () => {
    const { guest, result, transmitted, written } = await sent(undefined, [5, 3]);
    expect({ tag: result[0], transmitted, written }).toEqual({ tag: 0, transmitted: 0, written: [5, 3] });
    const response = result[1];
    expect(guest.call('statusCode', response)).toBe(200);
    const [outcome, outcomeWrite] = guest.ends('end');
    guest.call('consumeBody', response, outcome, RESULT);
    const [body, trailers] = [guest.call('peek', RESULT), guest.call('peek', RESULT + 4)];
    let text = '';
    for (;;) {
      const read = await guest.copied(body, guest.call('bytesRead', body, BUFFER, 100));
      for (let at = 0; at < read >>> 4; at += 1) text += String.fromCodePoint(guest.byte(BUFFER + at));
      if ((read & 15) !== COMPLETED) break;
    }
    expect(text).toBe('aaaaaaaa!');
    await guest.copied(trailers, guest.call('trailersRead', trailers, RESULT));
    expect(guest.byte(RESULT)).toBe(0);
    guest.call('poke', 3072, 0);
    expect(await guest.copied(outcomeWrite, guest.call('endWrite', outcomeWrite, 3072))).toBe(COMPLETED);
  }, 30_000);

  it('send a body of the announced length', async () => {
    const { result, transmitted, written } = await sent(8, [5, 3]);
    expect({ tag: result[0], transmitted, written }).toEqual({ tag: 0, transmitted: 0, written: [5, 3] });
  }, 30_000);

  it('refuse a write past the announced length before they copy it', async () => {
    const { result, transmitted, written } = await sent(8, [5, 4]);
    expect({ result, transmitted, written }).toEqual({ result: [1, 1], transmitted: 1, written: [5, 0] });
  }, 30_000);

  it('refuse a body that is shorter than announced', async () => {
    const { result, transmitted } = await sent(8, [5]);
    expect({ result, transmitted }).toEqual({ result: [1, 1], transmitted: 1 });
  }, 30_000);

  it('fail with the error of their trailers', async () => {
    const { result, transmitted } = await sent(undefined, [5], 1);
    expect({ result, transmitted }).toEqual({ result: [1, 2], transmitted: 1 });
  }, 30_000);
});
