import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { OpenDescriptors } from '../../files/sandbox/open-descriptors.ts';
import {
  accepted,
  codeOf,
  codeOfPromise,
  connectedPair,
  instances,
  ipv4,
  ipv6,
  local,
  network,
  readAll,
  refusalOf,
  writeAll,
} from '../../fixtures/networks.ts';
import { networkGrants } from '../network-grants.ts';
import { InternalBinding } from '../node/sockets/tcp-binding.ts';
import { Sockets } from './sockets.ts';

afterEach(() => {
  for (const descriptors of instances.splice(0)) descriptors.closeAll();
});

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

  it('loses the connections that the limit of the instance has no room for', async () => {
    const listener = network(local, 2).tcp('ipv4');
    listener.bind(ipv4());
    listener.listen();
    const sockets = network(local);
    const [first, second] = [sockets.tcp('ipv4'), sockets.tcp('ipv4')];
    await first.connect(listener.localAddress);
    await second.connect(listener.localAddress);
    const only = await accepted(listener);
    await listener.acceptable();
    expect(codeOf(() => listener.accept())).toBe('new-socket-limit');
    expect(await readAll(second.connection.source)).toEqual([]);
    only.release();
    const third = sockets.tcp('ipv4');
    await third.connect(listener.localAddress);
    expect((await accepted(listener)).remoteAddress).toEqual(third.localAddress);
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
