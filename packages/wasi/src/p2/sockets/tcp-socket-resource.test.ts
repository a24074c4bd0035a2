import { connect } from 'node:net';
import { Trap } from '@wit-ts/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { payloadOf } from '../../fixtures/error-payload.ts';
import {
  connected,
  endAll,
  ends,
  hostServer,
  ipv4,
  ipv6,
  listening,
  local,
  program,
  readAll,
  text,
  utf8,
  wait,
  writeAll,
} from '../../fixtures/wasi2-sockets.ts';

afterEach(endAll);

describe('a TCP client', () => {
  it('talks to a server of the host, and each direction ends on its own', async () => {
    const port = await hostServer((socket) => socket.pipe(socket));
    const socket = program(local).tcp();
    const [input, output] = await connected(socket, ipv4(port));
    expect(socket.remoteAddress()).toEqual(ipv4(port));
    expect(socket.localAddress()).toMatchObject({ tag: 'ipv4', val: { address: [127, 0, 0, 1] } });
    const sent = Uint8Array.from({ length: 200_000 }, (_, at) => at % 253);
    const received = readAll(input);
    await writeAll(output, sent);
    socket.shutdown('send');
    expect(await received).toEqual(sent);
    expect(payloadOf(() => output.checkWrite())).toMatchObject({ tag: 'last-operation-failed' });
    for (const stream of [input, output]) stream[Symbol.dispose]();
    socket[Symbol.dispose]();
  });

  it('lets the peer wait while the program does not read', async () => {
    const total = 67_108_864;
    let taken = 0;
    const port = await hostServer((socket) => {
      const more = (): void => {
        while (taken < total) {
          taken += 65_536;
          if (!socket.write(new Uint8Array(65_536))) return;
        }
        socket.end();
      };
      socket.on('drain', more);
      more();
    });
    const [input] = await connected(program(local).tcp(), ipv4(port));
    for (let before = -1; before < taken;) {
      before = taken;
      await new Promise((resolve) => void setTimeout(resolve, 200));
    }
    expect(taken).toBeLessThan(total);
    expect((await readAll(input)).length).toBe(total);
  });

  it('permits few bytes while the peer does not read', async () => {
    const port = await hostServer((socket) => socket.pause());
    const [, output] = await connected(program(local).tcp(), ipv4(port));
    let written = 0;
    for (let permit = output.checkWrite(); permit > 0n; permit = output.checkWrite()) {
      output.write(new Uint8Array(Number(permit)));
      written += Number(permit);
    }
    // Systems hold some megabytes themselves.
    expect(written).toBeLessThan(33_554_432);
    expect(output.subscribe().ready()).toBe(false);
  });

  it('reports a refused connection when it finishes, and is closed then', async () => {
    const port = await hostServer(() => undefined);
    endAll();
    const socket = program(local).tcp();
    socket.startConnect({}, ipv4(port));
    expect(payloadOf(() => socket.finishConnect())).toBe('would-block');
    await wait(socket.subscribe());
    expect(payloadOf(() => socket.finishConnect())).toBe('connection-refused');
    expect(payloadOf(() => socket.finishConnect())).toBe('not-in-progress');
    expect(payloadOf(() => socket.startConnect({}, ipv4(port)))).toBe('invalid-state');
  });

  it('reports a reset connection in its stream, with the code for it', async () => {
    const port = await hostServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const { tcp, imports } = program(local);
    const [input, output] = await connected(tcp(), ipv4(port));
    await writeAll(output, utf8.encode('x'));
    const pollable = input.subscribe();
    await wait(pollable);
    const failure = payloadOf(() => input.read(1n)) as { tag: string; val: object };
    expect(failure.tag).toBe('last-operation-failed');
    expect(imports['wasi:sockets/network@0.2.12'].networkErrorCode(failure.val)).toBe('connection-reset');
    expect(payloadOf(() => input.read(1n))).toEqual({ tag: 'closed' });
  });
});

describe('a TCP server', () => {
  it.each([
    ['ipv4', ipv4],
    ['ipv6', ipv6],
  ] as const)('accepts connections of another program (%s)', async (family, at) => {
    const [server, client] = [program(local).tcp(family), program(local).tcp(family)];
    const address = await listening(server, at(0));
    expect(server.isListening()).toBe(true);
    expect(payloadOf(() => server.accept())).toBe('would-block');
    const pollable = server.subscribe();
    expect(pollable.ready()).toBe(false);
    const [clientInput, clientOutput] = await connected(client, address);
    await wait(pollable);
    const [accepted, input, output] = server.accept();
    expect(accepted.remoteAddress()).toEqual(client.localAddress());
    await writeAll(clientOutput, utf8.encode('ping'));
    expect(text(await Promise.resolve(input.blockingRead(10n)))).toBe('ping');
    await writeAll(output, utf8.encode('pong'));
    for (const stream of [input, output, accepted]) stream[Symbol.dispose]();
    expect(text(await readAll(clientInput))).toBe('pong');
  });

  it('inherits the settings of the listener', async () => {
    const server = program(local).tcp();
    server.setKeepAliveEnabled(true);
    server.setKeepAliveIdleTime(60_000_000_000n);
    const address = await listening(server, ipv4(0));
    const host = connect((address.val as { port: number }).port, '127.0.0.1');
    ends.push(() => host.destroy());
    await wait(server.subscribe());
    const [accepted] = server.accept();
    expect([accepted.keepAliveEnabled(), accepted.keepAliveIdleTime()]).toEqual([true, 60_000_000_000n]);
  });
});

describe('the states of a TCP socket', () => {
  it('refuse operations that do not fit', async () => {
    const socket = program(local).tcp();
    const before = {
      finishBind: payloadOf(() => socket.finishBind()),
      finishConnect: payloadOf(() => socket.finishConnect()),
      finishListen: payloadOf(() => socket.finishListen()),
      startListen: payloadOf(() => socket.startListen()),
      accept: payloadOf(() => socket.accept()),
      localAddress: payloadOf(() => socket.localAddress()),
      remoteAddress: payloadOf(() => socket.remoteAddress()),
      shutdown: payloadOf(() => socket.shutdown('both')),
    };
    expect(before).toEqual({
      finishBind: 'not-in-progress',
      finishConnect: 'not-in-progress',
      finishListen: 'not-in-progress',
      startListen: 'invalid-state',
      accept: 'invalid-state',
      localAddress: 'invalid-state',
      remoteAddress: 'invalid-state',
      shutdown: 'invalid-state',
    });
    socket.startBind({}, ipv4(0));
    expect(payloadOf(() => socket.startBind({}, ipv4(0)))).toBe('concurrency-conflict');
    expect(payloadOf(() => socket.startListen())).toBe('concurrency-conflict');
    expect(payloadOf(() => socket.localAddress())).toBe('invalid-state');
    socket.finishBind();
    expect(payloadOf(() => socket.startBind({}, ipv4(0)))).toBe('invalid-state');
    expect(socket.isListening()).toBe(false);
    socket.startListen();
    expect(payloadOf(() => socket.accept())).toBe('invalid-state');
    socket.finishListen();
    expect(payloadOf(() => socket.startConnect({}, ipv4(1)))).toBe('invalid-state');
  });

  it.each([
    ['the wrong family', ipv6(80)],
    ['no port', ipv4(0)],
    ['no address', ipv4(80, 0, 0, 0, 0)],
    ['a group', ipv4(80, 224, 0, 0, 1)],
    ['the broadcast address', ipv4(80, 255, 255, 255, 255)],
  ])('refuse to connect to %s', (_, address) => {
    const socket = program({ net: ['*:*'] }).tcp();
    expect(payloadOf(() => socket.startConnect({}, address))).toBe('invalid-argument');
    // The specification: it is closed then.
    expect(payloadOf(() => socket.startConnect({}, ipv4(80)))).toBe('invalid-state');
  });

  it('refuse an IPv6 address that stands for an IPv4 address', () => {
    const socket = program({ net: ['*:*'] }).tcp('ipv6');
    const mapped = ipv6(80, 0, 0, 0, 0, 0, 0xffff, 0x7f00, 1);
    expect(payloadOf(() => socket.startConnect({}, mapped))).toBe('invalid-argument');
  });

  it('refuse settings of 0', () => {
    const socket = program(local).tcp();
    const failures = [
      () => socket.setListenBacklogSize(0n),
      () => socket.setKeepAliveIdleTime(0n),
      () => socket.setKeepAliveInterval(0n),
      () => socket.setKeepAliveCount(0),
      () => socket.setHopLimit(0),
      () => socket.setReceiveBufferSize(0n),
      () => socket.setSendBufferSize(0n),
    ].map(payloadOf);
    expect(new Set(failures)).toEqual(new Set(['invalid-argument']));
  });

  it('count against the limit of descriptors', () => {
    const { tcp, udp } = program({ ...local, limits: { descriptors: 3 } });
    const sockets = [tcp(), udp(), tcp()];
    expect([payloadOf(() => tcp()), payloadOf(() => udp())]).toEqual([
      'new-socket-limit',
      'new-socket-limit',
    ]);
    sockets[0]?.[Symbol.dispose]();
    expect(() => udp()).not.toThrow();
  });

  it('trap when the socket is dropped before what was made from it', async () => {
    const port = await hostServer(() => undefined);
    const socket = program(local).tcp();
    const pollable = socket.subscribe();
    expect(() => socket[Symbol.dispose]()).toThrow(Trap);
    pollable[Symbol.dispose]();
    const [input, output] = await connected(socket, ipv4(port));
    input[Symbol.dispose]();
    expect(() => socket[Symbol.dispose]()).toThrow('dropped its `tcp-socket` before 1 resource');
    output[Symbol.dispose]();
    socket[Symbol.dispose]();
  });
});
