import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { OpenDescriptors } from '../../files/sandbox/open-descriptors.ts';
import type { Grants } from '../../grants.ts';
import type { ByteSink, ByteSource } from '../byte-streams.ts';
import { networkGrants } from '../network-grants.ts';
import { nodeSockets } from '../node/sockets/node-sockets.ts';
import { InternalBinding } from '../node/sockets/tcp-binding.ts';
import type { SocketAddress } from './socket-address.ts';
import { SocketError } from './socket-error.ts';
import { Sockets } from './sockets.ts';
import type { GrantedTcpSocket } from './granted-tcp-socket.ts';

const instances: OpenDescriptors[] = [];
afterEach(() => {
  for (const descriptors of instances.splice(0)) descriptors.closeAll();
});

function network(grants: Grants, limit = 64): Sockets {
  const descriptors = new OpenDescriptors(limit);
  instances.push(descriptors);
  return new Sockets(networkGrants(grants), nodeSockets, descriptors);
}

const local: Grants = { net: ['127.0.0.1:*', '[::1]:*'], listen: ['127.0.0.1:*', '[::1]:*'] };

function ipv4(port = 0, address = '127.0.0.1'): SocketAddress {
  return { family: 'ipv4', address, port, flowInfo: 0, scopeId: 0 };
}

function ipv6(port = 0, address = '::1'): SocketAddress {
  return { family: 'ipv6', address, port, flowInfo: 0, scopeId: 0 };
}

function codeOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error instanceof SocketError ? error.code : error;
  }
  return 'no failure';
}

function refusalOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    if (error instanceof SocketError) return error.refusal;
  }
  return undefined;
}

async function codeOfPromise(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof SocketError ? error.code : error),
  );
}

async function accepted(listener: GrantedTcpSocket): Promise<GrantedTcpSocket> {
  for (;;) {
    const socket = listener.accept();
    if (socket !== undefined) return socket;
    await listener.acceptable();
  }
}

async function connectedPair(
  sockets: Sockets,
  at = ipv4(),
): Promise<readonly [GrantedTcpSocket, GrantedTcpSocket]> {
  const listener = sockets.tcp(at.family);
  listener.bind(at);
  listener.listen();
  const client = sockets.tcp(at.family);
  await client.connect(listener.localAddress);
  return [client, await accepted(listener)];
}

async function readAll(source: ByteSource): Promise<number[]> {
  const all: number[] = [];
  for (;;) {
    const bytes = source.read(65_536);
    if (bytes === undefined) return all;
    if (bytes.length === 0) await source.ready();
    all.push(...bytes);
  }
}

async function writeAll(sink: ByteSink, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const room = sink.capacity();
    if (room === 0) await sink.ready();
    sink.write(bytes.subarray(at, at + room));
    at += room;
  }
  await sink.flush();
}

describe('a TCP socket', () => {
  it.each([ipv4(), ipv6()])('carries bytes both ways, and each way ends on its own ($family)', async (at) => {
    const [client, server] = await connectedPair(network(local), at);
    expect(server.remoteAddress).toEqual(client.localAddress);
    expect(server.localAddress).toEqual(client.remoteAddress);

    const sent = Uint8Array.from({ length: 300_000 }, (_, index) => index * 7);
    const received = readAll(server.connection.source);
    await writeAll(client.connection.sink, sent);
    client.connection.sink.close();
    expect(Uint8Array.from(await received)).toEqual(sent);

    await writeAll(server.connection.sink, Uint8Array.of(1, 2, 3));
    server.close();
    expect(await readAll(client.connection.source)).toEqual([1, 2, 3]);
    expect(codeOf(() => client.connection.sink.capacity())).toBe('connection-broken');
  });

  it('is bound at once, to a free port when the port is 0', () => {
    const sockets = network(local);
    const socket = sockets.tcp('ipv4');
    expect(codeOf(() => socket.localAddress)).toBe('invalid-state');
    socket.bind(ipv4());
    expect(socket.localAddress.port).toBeGreaterThan(0);
    expect(codeOf(() => socket.bind(ipv4()))).toBe('invalid-state');
    socket.listen();
    const second = sockets.tcp('ipv4');
    expect(codeOf(() => second.bind(socket.localAddress))).toBe('address-in-use');
    second.bind(ipv4());
    expect(codeOf(() => sockets.tcp('ipv6').bind(ipv4()))).toBe('invalid-argument');
    expect(codeOf(() => sockets.tcp('ipv6').bind(ipv6(0, '::ffff:7f00:1')))).toBe('invalid-argument');
  });

  it('connects from the address that it is bound to', async () => {
    const sockets = network(local);
    const listener = sockets.tcp('ipv4');
    listener.bind(ipv4());
    listener.listen();
    const client = sockets.tcp('ipv4');
    client.bind(ipv4());
    const { localAddress } = client;
    await client.connect(listener.localAddress);
    expect((await accepted(listener)).remoteAddress).toEqual(localAddress);
  });

  it('is bound at once by the function of older versions of Node, too', async () => {
    const binding = new InternalBinding(ipv4());
    expect(binding.local.port).toBeGreaterThan(0);
    const server = createServer((socket) => socket.end());
    binding.listen(server, 8);
    expect((server.address() as AddressInfo).port).toBe(binding.local.port);
    expect(codeOf(() => new InternalBinding(binding.local))).toBe('address-in-use');

    const client = new InternalBinding(ipv6());
    client.close();
    const from = new InternalBinding(ipv4());
    const { socket, options } = from.client();
    socket.connect({ ...options, host: '127.0.0.1', port: binding.local.port });
    await new Promise((resolve) => socket.once('connect', resolve));
    expect(socket.localPort).toBe(from.local.port);
    socket.destroy();
    server.close();
  });

  it('reports who refuses a connection, and is closed afterwards', async () => {
    const sockets = network(local);
    const unused = sockets.tcp('ipv4');
    unused.bind(ipv4());
    const client = sockets.tcp('ipv4');
    expect(await codeOfPromise(client.connect(unused.localAddress))).toBe('connection-refused');
    expect(client.state).toBe('closed');
    expect(await codeOfPromise(client.connect(unused.localAddress))).toBe('invalid-state');
    for (const wrong of [ipv4(80, '0.0.0.0'), ipv4(0), ipv4(80, '224.0.0.1'), ipv6(80)])
      expect(await codeOfPromise(sockets.tcp('ipv4').connect(wrong))).toBe('invalid-argument');
  });

  it('stops connecting when the call is cancelled', async () => {
    const controller = new AbortController();
    const socket = network(local).tcp('ipv4');
    const connecting = socket.connect(ipv4(1), controller.signal);
    controller.abort();
    expect(await codeOfPromise(connecting)).toBe('connection-aborted');
  });

  it('reports a connection that the other side has reset', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = network(local).tcp('ipv4');
    await socket.connect(ipv4((server.address() as AddressInfo).port));
    socket.connection.sink.write(Uint8Array.of(1));
    expect(await codeOfPromise(readAll(socket.connection.source))).toBe('connection-reset');
    expect(codeOf(() => socket.connection.sink.capacity())).toBe('connection-reset');
    server.close();
  });

  it('is closed with the instance, and when it and all its streams are dropped', async () => {
    const sockets = network(local);
    const [client, server] = await connectedPair(sockets);
    const release = client.hold();
    client.release();
    expect(client.state).toBe('connected');
    release();
    release();
    expect(client.state).toBe('closed');
    expect(await readAll(server.connection.source)).toEqual([]);
    for (const descriptors of instances) descriptors.closeAll();
    expect(server.state).toBe('closed');
  });

  it('counts against the limit of the instance', () => {
    const sockets = network(local, 2);
    const first = sockets.tcp('ipv4');
    sockets.udp('ipv6');
    expect(codeOf(() => sockets.tcp('ipv4'))).toBe('new-socket-limit');
    first.release();
    expect(codeOf(() => sockets.tcp('ipv4'))).toBe('no failure');
  });

  it('drops connections beyond its backlog that the program does not accept', async () => {
    const sockets = network(local);
    const listener = sockets.tcp('ipv4');
    listener.setBacklog(2n);
    listener.bind(ipv4());
    listener.listen();
    const clients = Array.from({ length: 6 }, () => sockets.tcp('ipv4'));
    let dropped = 0;
    await new Promise<void>((resolve) => {
      for (const client of clients)
        void client
          .connect(listener.localAddress)
          .then(() => readAll(client.connection.source))
          .catch(() => undefined)
          .then(() => (dropped += 1) === 4 && resolve());
    });
    expect(listener.accept()).toBeDefined();
    expect(listener.accept()).toBeDefined();
    expect(listener.accept()).toBeUndefined();
  });
});

describe('a UDP socket', () => {
  it.each([ipv4(), ipv6()])('sends and receives datagrams ($family)', async (at) => {
    const sockets = network(local);
    const server = sockets.udp(at.family);
    server.bind(at);
    const client = sockets.udp(at.family);
    await client.send(Uint8Array.of(1, 2, 3), server.localAddress);
    await server.receivable();
    const { data, from } = server.receive()!;
    expect([...data]).toEqual([1, 2, 3]);
    expect(from).toEqual({ ...at, port: client.localAddress.port });
    expect(server.receive()).toBeUndefined();
  });

  it('hears only its peer while it is connected', async () => {
    const sockets = network(local);
    const [server, peer, other] = [sockets.udp('ipv4'), sockets.udp('ipv4'), sockets.udp('ipv4')];
    for (const socket of [server, peer, other]) socket.bind(ipv4());
    server.connect(peer.localAddress);
    await other.send(Uint8Array.of(1), server.localAddress);
    await peer.send(Uint8Array.of(2), server.localAddress);
    while (server.receive()?.data[0] !== 2) await server.receivable();
    await expect(server.send(Uint8Array.of(1), other.localAddress)).rejects.toThrow(/another address/u);
    server.disconnect();
    expect(codeOf(() => server.disconnect())).toBe('invalid-state');
    await expect(server.send(Uint8Array.of(1), undefined)).rejects.toThrow(/no address/u);
  });

  it('hears only those whom the program may send to, when no grant lets it listen', async () => {
    const all = network(local);
    const [granted, stranger] = [all.udp('ipv4'), all.udp('ipv4')];
    granted.bind(ipv4());
    stranger.bind(ipv4());
    const socket = network({ net: [`127.0.0.1:${granted.localAddress.port}`] }).udp('ipv4');
    socket.bind(ipv4());
    await stranger.send(Uint8Array.of(1), socket.localAddress);
    await granted.send(Uint8Array.of(2), socket.localAddress);
    await socket.receivable();
    for (let first = socket.receive(); ; first = socket.receive()) {
      if (first === undefined) await socket.receivable();
      else {
        expect([...first.data]).toEqual([2]);
        break;
      }
    }
  });

  it('may answer those who have sent something to a socket that may listen', async () => {
    const client = network(local).udp('ipv4');
    const server = network({ listen: ['127.0.0.1:*'] }).udp('ipv4');
    server.bind(ipv4());
    client.bind(ipv4());
    expect(await codeOfPromise(server.send(Uint8Array.of(1), client.localAddress))).toBe('access-denied');
    await client.send(Uint8Array.of(1), server.localAddress);
    await server.receivable();
    await server.send(Uint8Array.of(2), server.receive()?.from);
    await client.receivable();
    expect([...client.receive()!.data]).toEqual([2]);
  });

  it('has the options that were set before it was bound', () => {
    const socket = network(local).udp('ipv4');
    socket.options.receiveBufferSize = 16_384n;
    socket.options.hopLimit = 3;
    expect(codeOf(() => (socket.options.sendBufferSize = 0n))).toBe('invalid-argument');
    expect(socket.receiveBufferSize).toBe(16_384n);
    socket.bind(ipv4());
    // Linux doubles the number that it is given.
    expect([16_384n, 32_768n]).toContain(socket.receiveBufferSize);
  });

  it('sends more datagrams than are on their way at once', async () => {
    const sockets = network(local);
    const [server, client] = [sockets.udp('ipv4'), sockets.udp('ipv4')];
    server.bind(ipv4());
    await Promise.all(
      Array.from({ length: 200 }, (_, at) => client.send(Uint8Array.of(at), server.localAddress)),
    );
    await server.receivable();
    expect([...server.receive()!.data]).toEqual([0]);
  });

  it('refuses a datagram that no packet can carry', async () => {
    const socket = network(local).udp('ipv4');
    expect(await codeOfPromise(socket.send(new Uint8Array(65_508), ipv4(9)))).toBe('datagram-too-large');
  });
});

describe('without a grant', () => {
  it('a socket is neither bound nor connected, and the report says what would grant it', async () => {
    const sockets = network({});
    expect(refusalOf(() => sockets.tcp('ipv4').bind(ipv4(80)))).toEqual({
      asked: '127.0.0.1:80',
      reason: 'no grant lets the program listen on this address',
      flags: ['--listen 127.0.0.1:80'],
    });
    expect(refusalOf(() => sockets.udp('ipv6').bind(ipv6()))).toMatchObject({ flags: ['--listen [::1]:*'] });
    expect(refusalOf(() => sockets.tcp('ipv4').listen())).toMatchObject({ asked: '0.0.0.0:0' });
    await expect(sockets.tcp('ipv6').connect(ipv6(443))).rejects.toMatchObject({
      code: 'access-denied',
      refusal: { asked: '[::1]:443', flags: ['--net [::1]:443'] },
    });
    await expect(sockets.udp('ipv4').send(new Uint8Array(1), ipv4(53))).rejects.toMatchObject({
      refusal: { flags: ['--net 127.0.0.1:53'] },
    });
    expect(refusalOf(() => sockets.udp('ipv4').connect(ipv4(53)))).toMatchObject({ asked: '127.0.0.1:53' });
  });

  it('a name is not looked up, and a name that is granted opens its addresses only', async () => {
    await expect(network({}).lookUp('localhost')).rejects.toMatchObject({
      code: 'access-denied',
      refusal: { asked: 'localhost', flags: ['--net localhost:*'] },
    });
    const sockets = network({ net: ['localhost:*'] });
    const addresses = await sockets.lookUp('LocalHost.');
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(['127.0.0.1', '::1']).toContain(address);
    await expect(sockets.lookUp('other.invalid')).rejects.toMatchObject({ code: 'access-denied' });
    expect(sockets.mayConnect(ipv4(80, '192.0.2.1'))).toBe(false);
  });

  it('an address in text needs no look-up, and what is not a host is invalid', async () => {
    expect(await network({}).lookUp('127.0.0.1')).toEqual(['127.0.0.1']);
    expect(await network({}).lookUp('::FFFF:1.2.3.4')).toEqual(['1.2.3.4']);
    for (const name of ['', '[::1]', 'a b', 'a..b', 'x'.repeat(2000)])
      await expect(network({}).lookUp(name)).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('a platform has no sockets', () => {
    const sockets = new Sockets(networkGrants(local), undefined, new OpenDescriptors(4));
    expect(codeOf(() => sockets.tcp('ipv4').bind(ipv4()))).toBe('not-supported');
  });
});
