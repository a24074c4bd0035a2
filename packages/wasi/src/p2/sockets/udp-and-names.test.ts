import { createSocket } from 'node:dgram';
import { Trap } from '@wit-ts/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { payloadOf } from '../../fixtures/error-payload.ts';
import {
  bound,
  connected,
  endAll,
  ends,
  hostServer,
  ipv4,
  ipv6,
  local,
  program,
  readAll,
  text,
  utf8,
  wait,
} from '../../fixtures/wasi2-sockets.ts';

afterEach(endAll);

describe('a UDP socket', () => {
  it('sends to and receives from a socket of the host', async () => {
    const host = createSocket('udp4');
    ends.push(() => host.close());
    await new Promise<void>((resolve) => host.bind(0, '127.0.0.1', resolve));
    host.on('message', (data, { port }) => host.send(`${data.toString()}!`, port, '127.0.0.1'));
    const socket = program(local).udp();
    await bound(socket, ipv4(0));
    const [incoming, outgoing] = socket.stream(ipv4(host.address().port));
    expect(incoming.receive(10n)).toEqual([]);
    expect(outgoing.checkSend()).toBeGreaterThan(1n);
    expect(outgoing.send([{ data: utf8.encode('a') }, { data: utf8.encode('b') }])).toBe(2n);
    const answers: string[] = [];
    while (answers.length < 2) {
      await wait(incoming.subscribe());
      for (const { data, remoteAddress } of incoming.receive(10n)) {
        answers.push(text(data));
        expect(remoteAddress).toEqual(ipv4(host.address().port));
      }
    }
    expect(answers.toSorted()).toEqual(['a!', 'b!']);
    expect(socket.remoteAddress()).toEqual(ipv4(host.address().port));
  });

  it('sends no more than is permitted, and only where it may', async () => {
    const { udp, refusals } = program({ net: ['127.0.0.1:7'] });
    const socket = udp();
    await bound(socket, ipv4(0));
    const [, outgoing] = socket.stream(undefined);
    const data = utf8.encode('x');
    expect(() => outgoing.send([{ data, remoteAddress: ipv4(7) }])).toThrow(Trap);
    outgoing.checkSend();
    expect(payloadOf(() => outgoing.send([{ data }]))).toBe('invalid-argument');
    expect(payloadOf(() => outgoing.send([{ data, remoteAddress: ipv4(8) }]))).toBe('access-denied');
    expect(
      outgoing.send([
        { data, remoteAddress: ipv4(7) },
        { data, remoteAddress: ipv4(8) },
      ]),
    ).toBe(1n);
    expect(payloadOf(() => outgoing.send([{ data: new Uint8Array(65_508), remoteAddress: ipv4(7) }]))).toBe(
      'datagram-too-large',
    );
    expect(payloadOf(() => socket.stream(ipv4(9)))).toBe('access-denied');
    expect(refusals.map(({ function: func, flags }) => `${func} ${flags.join(' ')}`)).toEqual([
      '[method]outgoing-datagram-stream.send --net 127.0.0.1:8',
      '[method]udp-socket.stream --net 127.0.0.1:9',
    ]);
  });

  it('has one pair of streams that works: the newest', async () => {
    const socket = program(local).udp();
    await bound(socket, ipv4(0));
    const [incoming, outgoing] = socket.stream(undefined);
    socket.stream(undefined);
    expect(payloadOf(() => incoming.receive(1n))).toBe('invalid-state');
    expect(payloadOf(() => outgoing.checkSend())).toBe('invalid-state');
    expect(() => socket[Symbol.dispose]()).toThrow(Trap);
  });

  it('has the states of the specification', async () => {
    const socket = program(local).udp();
    expect(payloadOf(() => socket.finishBind())).toBe('not-in-progress');
    expect(payloadOf(() => socket.stream(undefined))).toBe('invalid-state');
    expect(payloadOf(() => socket.localAddress())).toBe('invalid-state');
    socket.setUnicastHopLimit(3);
    socket.setReceiveBufferSize(100_000n);
    await bound(socket, ipv4(0));
    expect(payloadOf(() => socket.startBind({}, ipv4(0)))).toBe('invalid-state');
    expect(payloadOf(() => socket.remoteAddress())).toBe('invalid-state');
    expect(payloadOf(() => socket.stream(ipv6(80)))).toBe('invalid-argument');
    expect([payloadOf(() => socket.setUnicastHopLimit(0)), socket.unicastHopLimit()]).toEqual([
      'invalid-argument',
      3,
    ]);
    expect(socket.receiveBufferSize()).toBeGreaterThanOrEqual(100_000n);
  });
});

describe('without grants', () => {
  it('every address is refused, and reported with the flag that would grant it', () => {
    const { tcp, udp, lookUp, refusals } = program();
    const failures = [
      () => tcp().startConnect({}, ipv4(80, 10, 0, 0, 1)),
      () => tcp().startBind({}, ipv4(0)),
      () => tcp('ipv6').startConnect({}, ipv6(443)),
      () => udp().startBind({}, ipv4(53)),
      () => lookUp('Example.org'),
    ].map(payloadOf);
    expect(new Set(failures)).toEqual(new Set(['access-denied']));
    expect(refusals.map((each) => [each.interface, each.function, each.flags[0]])).toEqual([
      ['wasi:sockets/tcp@0.2.12', '[method]tcp-socket.start-connect', '--net 10.0.0.1:80'],
      ['wasi:sockets/tcp@0.2.12', '[method]tcp-socket.start-bind', '--listen 127.0.0.1:*'],
      ['wasi:sockets/tcp@0.2.12', '[method]tcp-socket.start-connect', '--net [::1]:443'],
      ['wasi:sockets/udp@0.2.12', '[method]udp-socket.start-bind', '--listen 127.0.0.1:53'],
      ['wasi:sockets/ip-name-lookup@0.2.12', 'resolve-addresses', '--net example.org:*'],
    ]);
  });
});

describe('a look-up', () => {
  it('gives the addresses of a granted name, and a connection to them is granted, too', async () => {
    const port = await hostServer((socket) => socket.end('hello'));
    const { tcp, lookUp, refusals } = program({ net: [`localhost:${port}`] });
    expect(payloadOf(() => tcp().startConnect({}, ipv4(port)))).toBe('access-denied');
    const found = lookUp('localhost');
    expect(payloadOf(() => found.resolveNextAddress())).toBe('would-block');
    await wait(found.subscribe());
    const addresses: unknown[] = [];
    for (let next = found.resolveNextAddress(); next !== undefined; next = found.resolveNextAddress())
      addresses.push(next);
    expect(addresses).toContainEqual({ tag: 'ipv4', val: [127, 0, 0, 1] });
    expect(found.resolveNextAddress()).toBe(undefined);
    const [input] = await connected(tcp(), ipv4(port));
    expect(text(await readAll(input))).toBe('hello');
    expect(refusals).toHaveLength(1);
  });

  it('of an address is that address, without a grant', async () => {
    for (const [name, address] of [
      ['127.0.0.1', { tag: 'ipv4', val: [127, 0, 0, 1] }],
      ['::1', { tag: 'ipv6', val: [0, 0, 0, 0, 0, 0, 0, 1] }],
      ['::ffff:10.0.0.1', { tag: 'ipv4', val: [10, 0, 0, 1] }],
    ] as const) {
      const found = program().lookUp(name);
      await wait(found.subscribe());
      expect(found.resolveNextAddress()).toEqual(address);
    }
  });

  it.each(['', 'a b', 'http://x', '[::1]', 'x'.repeat(300)])('refuses %j, which is not a name', (name) => {
    expect(payloadOf(() => program({ net: ['*:*'] }).lookUp(name))).toBe('invalid-argument');
  });
});
