import type { IpFamily } from '../../system/sockets/socket-address.ts';
import { SocketError } from '../../system/sockets/socket-error.ts';
import type { Wasi2Host } from '../host.ts';
import { StreamFailure } from '../io/stream-error.ts';
import { IncomingDatagramStream, OutgoingDatagramStream } from './datagram-streams.ts';
import { resolveAddresses, ResolveAddressStream } from './name-lookup.ts';
import { type Wasi2NetworkErrorCode, wasi2NetworkErrorCode, socketCall } from './network-errors.ts';
import { TcpSocketResource } from './tcp-socket-resource.ts';
import { UdpSocketResource } from './udp-socket-resource.ts';

const CREATE_TCP = 'wasi:sockets/tcp-create-socket@0.2.12';
const CREATE_UDP = 'wasi:sockets/udp-create-socket@0.2.12';

/** `network` of `wasi:sockets/network`. It grants nothing: every address is checked on its own. */
class Network {
  readonly isOfInstance = true;
}

/** The interfaces of `wasi:sockets`. */
export function socketInterfaces(host: Wasi2Host) {
  const { sockets } = host.system;
  return {
    'wasi:sockets/network@0.2.12': { Network, networkErrorCode: codeOf },
    'wasi:sockets/instance-network@0.2.12': { instanceNetwork: () => new Network() },
    'wasi:sockets/tcp@0.2.12': { TcpSocket: TcpSocketResource },
    [CREATE_TCP]: {
      createTcpSocket: (family: IpFamily) =>
        new TcpSocketResource(
          socketCall(host, CREATE_TCP, 'create-tcp-socket', () => sockets.tcp(family)),
          host,
        ),
    },
    'wasi:sockets/udp@0.2.12': {
      UdpSocket: UdpSocketResource,
      IncomingDatagramStream,
      OutgoingDatagramStream,
    },
    [CREATE_UDP]: {
      createUdpSocket: (family: IpFamily) =>
        new UdpSocketResource(
          socketCall(host, CREATE_UDP, 'create-udp-socket', () => sockets.udp(family)),
          host,
        ),
    },
    'wasi:sockets/ip-name-lookup@0.2.12': {
      ResolveAddressStream,
      resolveAddresses: (_network: object, name: string) => resolveAddresses(host, name),
    },
  } as const;
}

function codeOf(error: object): Wasi2NetworkErrorCode | undefined {
  return error instanceof StreamFailure && error.cause instanceof SocketError
    ? wasi2NetworkErrorCode(error.cause.code)
    : undefined;
}
