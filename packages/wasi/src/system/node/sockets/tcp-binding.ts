import type { BoundSocket, Server, Socket } from 'node:net';
import type { SocketAddress } from '../../sockets/socket-address.ts';
import { SocketError } from '../../sockets/socket-error.ts';
import { addressOfNode, nodeHost } from './node-address.ts';
import { nodeNet } from './node-modules.ts';
import { withSocketFailures } from './socket-failure.ts';
import { builtinModule } from '../builtin-module.ts';

/** A bound socket of Node that can become a server or a client. */
export interface TcpBinding {
  readonly local: SocketAddress;
  listen(server: Server, backlog: number): void;
  /** Returns a socket that connects from this address, and what `connect` needs in addition. */
  client(): { readonly socket: Socket; readonly options: { localAddress?: string; localPort?: number } };
  close(): void;
}

/** Binds at once. @throws SocketError */
export function bindNodeTcp(local: SocketAddress): TcpBinding {
  const { BoundSocket } = nodeNet();
  // Node 26.4 is the first version with a public function for this.
  return typeof BoundSocket === 'function' ? new PublicBinding(local) : new InternalBinding(local);
}

class PublicBinding implements TcpBinding {
  readonly local: SocketAddress;
  readonly #bound: BoundSocket;

  constructor(local: SocketAddress) {
    const { BoundSocket } = nodeNet();
    const options = { host: nodeHost(local), port: local.port, ipv6Only: local.family === 'ipv6' };
    this.#bound = withSocketFailures(() => new BoundSocket(options));
    const { address, port } = this.#bound.address();
    this.local = addressOfNode(local.family, address, port, local.scopeId);
  }

  listen(server: Server, backlog: number): void {
    server.listen({ handle: this.#bound }, backlog);
  }

  client(): ReturnType<TcpBinding['client']> {
    return { socket: new (nodeNet().Socket)({ handle: this.#bound, allowHalfOpen: true }), options: {} };
  }

  close(): void {
    this.#bound[Symbol.dispose]();
  }
}

/** What Node calls a handle. Server.listen takes one as `_handle`, which its documentation mentions. */
interface InternalHandle {
  getsockname(result: { address?: string; port?: number }): number;
  close(): void;
}

/** `UV_TCP_IPV6ONLY` of libuv. */
const IPV6_ONLY = 1;

type CreateServerHandle = (
  address: string,
  port: number,
  family: 4 | 6,
  fd?: number,
  flags?: number,
) => InternalHandle | number;

/** How older versions bind at once: with the function that `Server.listen` itself calls. */
export class InternalBinding implements TcpBinding {
  readonly local: SocketAddress;
  #handle: InternalHandle | undefined;

  constructor(local: SocketAddress) {
    const create: unknown = Reflect.get(nodeNet(), '_createServerHandle');
    if (typeof create !== 'function')
      throw new SocketError('not-supported', 'this platform cannot bind a TCP socket at once');
    const [family, flags] = local.family === 'ipv6' ? ([6, IPV6_ONLY] as const) : ([4, 0] as const);
    const handle = checked(
      (create as CreateServerHandle)(nodeHost(local), local.port, family, undefined, flags),
    );
    const name: { address?: string; port?: number } = {};
    // An address that is in use is only reported now.
    const failure = handle.getsockname(name);
    if (failure !== 0) {
      handle.close();
      checked(failure);
    }
    this.#handle = handle;
    this.local = addressOfNode(local.family, name.address ?? '', name.port ?? 0, local.scopeId);
  }

  listen(server: Server, backlog: number): void {
    server.listen({ _handle: this.#handle }, backlog);
    this.#handle = undefined;
  }

  /** Releases the address for the moment until the client binds to it again. */
  client(): ReturnType<TcpBinding['client']> {
    this.close();
    const { address, port } = this.local;
    const socket = new (nodeNet().Socket)({ allowHalfOpen: true });
    return { socket, options: { localAddress: address, localPort: port } };
  }

  close(): void {
    this.#handle?.close();
    this.#handle = undefined;
  }
}

function checked(result: InternalHandle | number): InternalHandle {
  if (typeof result !== 'number') return result;
  const code = builtinModule('node:util').getSystemErrorName(result);
  return withSocketFailures(() => {
    throw Object.assign(new Error(code), { code });
  });
}
