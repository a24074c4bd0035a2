import type { CallContext } from '../call-context.ts';
import { fail } from '../errno.ts';

/** Sockets. Preview 1 cannot make one, and no grant gives a program one that is open. */
export function socketFunctions({ table }: CallContext) {
  const refuse = (fd: number): never => {
    table.get(fd);
    return fail('notsock');
  };
  return {
    sock_accept: (fd: number): void => refuse(fd),
    sock_recv: (fd: number): void => refuse(fd),
    sock_send: (fd: number): void => refuse(fd),
    sock_shutdown: (fd: number): void => refuse(fd),
  };
}
