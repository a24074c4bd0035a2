import { HttpError, type HttpErrorCode } from '../http-error.ts';

/** What the codes of Node's errors are in `error-code`. */
const CODES: ReadonlyMap<string, HttpErrorCode> = new Map<string, HttpErrorCode>([
  ['ECONNREFUSED', { tag: 'connection-refused' }],
  ['ECONNRESET', { tag: 'connection-terminated' }],
  ['EPIPE', { tag: 'connection-terminated' }],
  ['ETIMEDOUT', { tag: 'connection-timeout' }],
  ['ERR_SOCKET_CONNECTION_TIMEOUT', { tag: 'connection-timeout' }],
  ['EHOSTUNREACH', { tag: 'destination-unavailable' }],
  ['ENETUNREACH', { tag: 'destination-IP-unroutable' }],
  ['ENOTFOUND', { tag: 'DNS-error', val: { rcode: 'NXDOMAIN' } }],
  ['EAI_AGAIN', { tag: 'DNS-timeout' }],
  ['EPROTO', { tag: 'TLS-protocol-error' }],
  ['HPE_HEADER_OVERFLOW', { tag: 'HTTP-response-header-section-size', val: undefined }],
  ['ERR_INVALID_URL', { tag: 'HTTP-request-URI-invalid' }],
  ['ERR_UNESCAPED_CHARACTERS', { tag: 'HTTP-request-URI-invalid' }],
]);

const CERTIFICATE = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_)/u;

/** Returns the error that a program receives for an error of `node:http`. */
export function connectionError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new HttpError(CODES.get(code) ?? codeByGroup(code), { cause: error });
}

function codeByGroup(code: string): HttpErrorCode {
  if (CERTIFICATE.test(code)) return { tag: 'TLS-certificate-error' };
  if (code.startsWith('ERR_SSL_')) return { tag: 'TLS-protocol-error' };
  if (code.startsWith('HPE_')) return { tag: 'HTTP-protocol-error' };
  return { tag: 'internal-error', val: undefined };
}
