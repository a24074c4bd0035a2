import { type IpAddress, ipAddressOf, type IpFamily } from '../../system/sockets/socket-address.ts';
import { SocketError } from '../../system/sockets/socket-error.ts';
import type { System } from '../../system/system.ts';
import { errorOf } from '../streams/stream-outcome.ts';
import { lookupErrorCode, NetworkErrors } from './network-error.ts';
import { type SocketContext, TcpSocket } from './tcp-socket.ts';
import { UdpSocket } from './udp-socket.ts';

const TYPES = 'wasi:sockets/types@0.3.0';
const LOOKUP = 'wasi:sockets/ip-name-lookup@0.3.0';

/** The interfaces of `wasi:sockets`. */
export function sockets(system: System) {
  const errors = new NetworkErrors(system, TYPES);
  const context: SocketContext = {
    errors,
    bytesPerCall: system.limits.bytesPerCall,
    accepted: (socket) => new OwnTcpSocket(context, socket),
  };
  // A resource of the host has one class. Static functions are on it, and these need the instance.
  class OwnTcpSocket extends TcpSocket {
    static create(addressFamily: IpFamily): OwnTcpSocket {
      return errors.attempt(
        '[static]tcp-socket.create',
        () => new OwnTcpSocket(context, system.sockets.tcp(addressFamily)),
      );
    }
  }
  class OwnUdpSocket extends UdpSocket {
    static create(addressFamily: IpFamily): OwnUdpSocket {
      return errors.attempt(
        '[static]udp-socket.create',
        () => new OwnUdpSocket(context, system.sockets.udp(addressFamily)),
      );
    }
  }
  return {
    // A class without a name cannot be declared with its private members.
    [TYPES]: {
      TcpSocket: OwnTcpSocket as typeof TcpSocket & { create(addressFamily: IpFamily): TcpSocket },
      UdpSocket: OwnUdpSocket as typeof UdpSocket & { create(addressFamily: IpFamily): UdpSocket },
    },
    [LOOKUP]: {
      async resolveAddresses(name: string): Promise<IpAddress[]> {
        try {
          return (await system.sockets.lookUp(name)).map(ipAddressOf);
        } catch (cause) {
          if (!(cause instanceof SocketError)) throw cause;
          if (cause.refusal !== undefined)
            system.refuse({ interface: LOOKUP, function: 'resolve-addresses', ...cause.refusal });
          throw errorOf(cause, lookupErrorCode);
        }
      },
    },
  } as const;
}
