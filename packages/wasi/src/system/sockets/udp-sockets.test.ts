import { Socket as UdpSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { codeOf, codeOfPromise, instances, ipv4, ipv6, local, network } from '../../fixtures/networks.ts';

afterEach(() => {
  for (const descriptors of instances.splice(0)) descriptors.closeAll();
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

  it('is bound at once by older versions of Node, too', () => {
    const { bindSync } = UdpSocket.prototype;
    Reflect.set(UdpSocket.prototype, 'bindSync', undefined);
    try {
      const sockets = network({ net: ['*:*'], listen: ['*:*'] });
      const [first, second, third] = [sockets.udp('ipv4'), sockets.udp('ipv4'), sockets.udp('ipv4')];
      first.bind(ipv4());
      expect(first.localAddress.port).toBeGreaterThan(0);
      expect(codeOf(() => second.bind(first.localAddress))).toBe('address-in-use');
      expect(codeOf(() => third.bind(ipv4(0, '192.0.2.1')))).toBe('address-not-bindable');
    } finally {
      Reflect.set(UdpSocket.prototype, 'bindSync', bindSync);
    }
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
