import { SocketError, type SocketErrorCode } from '../../sockets/socket-error.ts';

/** The codes of Node for which WASI has one. */
const CODES: ReadonlyMap<string, SocketErrorCode> = new Map<string, SocketErrorCode>([
  ['EACCES', 'access-denied'],
  ['EPERM', 'access-denied'],
  ['ERR_ACCESS_DENIED', 'access-denied'],
  ['EOPNOTSUPP', 'not-supported'],
  ['ENOPROTOOPT', 'not-supported'],
  ['EPROTONOSUPPORT', 'not-supported'],
  ['EAFNOSUPPORT', 'not-supported'],
  ['EINVAL', 'invalid-argument'],
  ['EDESTADDRREQ', 'invalid-argument'],
  ['ENOMEM', 'out-of-memory'],
  ['ENOBUFS', 'out-of-memory'],
  ['EMFILE', 'new-socket-limit'],
  ['ENFILE', 'new-socket-limit'],
  ['ETIMEDOUT', 'timeout'],
  ['EADDRNOTAVAIL', 'address-not-bindable'],
  ['EADDRINUSE', 'address-in-use'],
  ['EHOSTUNREACH', 'remote-unreachable'],
  ['EHOSTDOWN', 'remote-unreachable'],
  ['ENETUNREACH', 'remote-unreachable'],
  ['ENETDOWN', 'remote-unreachable'],
  ['ENONET', 'remote-unreachable'],
  ['ECONNREFUSED', 'connection-refused'],
  ['EPIPE', 'connection-broken'],
  ['ERR_STREAM_DESTROYED', 'connection-broken'],
  ['ERR_STREAM_WRITE_AFTER_END', 'connection-broken'],
  ['ECONNRESET', 'connection-reset'],
  ['ECONNABORTED', 'connection-aborted'],
  ['EMSGSIZE', 'datagram-too-large'],
  ['ENOTFOUND', 'name-unresolvable'],
  ['ENODATA', 'name-unresolvable'],
  ['EAI_NONAME', 'name-unresolvable'],
  ['EAI_NODATA', 'name-unresolvable'],
  ['EAI_ADDRFAMILY', 'name-unresolvable'],
  ['EAI_AGAIN', 'temporary-resolver-failure'],
  ['EAI_FAIL', 'permanent-resolver-failure'],
]);

/** Returns the error of a socket for what Node threw. */
export function socketFailure(cause: unknown): SocketError {
  if (cause instanceof SocketError) return cause;
  const code: unknown = Object(cause).code;
  const error = new SocketError((typeof code === 'string' && CODES.get(code)) || 'other', String(code));
  error.cause = cause;
  return error;
}

/** Runs a function of Node. @throws SocketError */
export function withSocketFailures<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw socketFailure(cause);
  }
}
