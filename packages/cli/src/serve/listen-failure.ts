import { type Failure, inputFailure } from '../failure.ts';

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['EADDRINUSE', 'the port is in use'],
  ['EADDRNOTAVAIL', 'this machine does not have the address'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['ENOTFOUND', 'the host is not known'],
  ['EAI_AGAIN', 'the host could not be looked up'],
]);

/** Returns the failure when an error says that the address cannot be listened on; otherwise `undefined`. */
export function listenFailure(error: unknown, address: string): Failure | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined;
  return inputFailure(
    `cannot listen on ${address}: ${REASONS.get(code) ?? error.message}`,
    'choose another address with --addr; the port 0 takes a free one',
  );
}
