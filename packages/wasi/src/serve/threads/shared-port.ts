import { type AddressInfo, createServer, type Server } from 'node:net';

/** Where the threads of a server listen. */
interface SharedPort {
  /** The address of an interface, and not a name. */
  readonly host: string;
  readonly port: number;
  /** Whether several threads can listen there, among which the system divides the connections. */
  readonly isShared: boolean;
}

/**
 * Finds out where threads can listen. Nobody else listens there: sockets that share a port would share it with another
 * server of the same user, too, and each of them would get some of the requests.
 *
 * @throws what `listen` of Node throws
 */
export async function findPort(host: string, port: number): Promise<SharedPort> {
  const only = await listening({ host, port, exclusive: true });
  const found = only.address() as AddressInfo;
  await closed(only);
  return { host: found.address, port: found.port, isShared: await canShare(found.address) };
}

/** Whether the platform lets sockets share a port: Linux does, with Node 22.12. Others refuse or ignore the option. */
async function canShare(host: string): Promise<boolean> {
  const options = { host, exclusive: true, reusePort: true };
  const servers: Server[] = [];
  try {
    const first = await listening({ ...options, port: 0 });
    servers.push(first);
    servers.push(await listening({ ...options, port: (first.address() as AddressInfo).port }));
    return true;
  } catch {
    return false;
  } finally {
    await Promise.all(servers.map(closed));
  }
}

function listening(options: object): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(options, () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
