import { SocketError } from '../../sockets/socket-error.ts';
import type { SocketsPlatform } from '../../sockets/sockets-platform.ts';
import { nodeDns } from './node-modules.ts';
import { connectNodeTcp, NodeBoundTcp } from './node-tcp.ts';
import { NodeUdpPort } from './node-udp.ts';
import { socketFailure } from './socket-failure.ts';

/** Sockets over `node:net` and `node:dgram`, which are loaded when they are first used. */
export const nodeSockets: SocketsPlatform = {
  bindTcp: (local) => new NodeBoundTcp(local),
  async connectTcp(remote, from, signal) {
    if (from !== undefined && !(from instanceof NodeBoundTcp))
      throw new SocketError('invalid-state', 'a bound socket of another platform');
    return connectNodeTcp(remote, from, signal);
  },
  bindUdp: (local, options) => new NodeUdpPort(local, options),
  async lookUp(name) {
    try {
      const found = await nodeDns().lookup(name, { all: true, order: 'verbatim' });
      return found.map(({ address }) => address);
    } catch (cause) {
      throw socketFailure(cause);
    }
  },
};
