/** `error-code` of `wasi:http/types`, which is the same in 0.2 and 0.3. */
export type HttpErrorCode =
  | { tag: PlainErrorCode }
  | { tag: 'DNS-error'; val: { rcode?: string | undefined; infoCode?: number | undefined } }
  | { tag: 'TLS-alert-received'; val: { alertId?: number | undefined; alertMessage?: string | undefined } }
  | { tag: 'HTTP-request-body-size' | 'HTTP-response-body-size'; val: bigint | undefined }
  | { tag: SectionSizeCode; val: number | undefined }
  | { tag: 'HTTP-request-header-size'; val: FieldSize | undefined }
  | { tag: FieldSizeCode; val: FieldSize }
  | { tag: TextErrorCode; val: string | undefined };

type PlainErrorCode =
  | 'DNS-timeout'
  | 'destination-not-found'
  | 'destination-unavailable'
  | 'destination-IP-prohibited'
  | 'destination-IP-unroutable'
  | 'connection-refused'
  | 'connection-terminated'
  | 'connection-timeout'
  | 'connection-read-timeout'
  | 'connection-write-timeout'
  | 'connection-limit-reached'
  | 'TLS-protocol-error'
  | 'TLS-certificate-error'
  | 'HTTP-request-denied'
  | 'HTTP-request-length-required'
  | 'HTTP-request-method-invalid'
  | 'HTTP-request-URI-invalid'
  | 'HTTP-request-URI-too-long'
  | 'HTTP-response-incomplete'
  | 'HTTP-response-timeout'
  | 'HTTP-upgrade-failed'
  | 'HTTP-protocol-error'
  | 'loop-detected'
  | 'configuration-error';

type SectionSizeCode =
  | 'HTTP-request-header-section-size'
  | 'HTTP-request-trailer-section-size'
  | 'HTTP-response-header-section-size'
  | 'HTTP-response-trailer-section-size';

type FieldSizeCode = 'HTTP-request-trailer-size' | 'HTTP-response-header-size' | 'HTTP-response-trailer-size';

type TextErrorCode = 'HTTP-response-transfer-coding' | 'HTTP-response-content-coding' | 'internal-error';

interface FieldSize {
  fieldName?: string | undefined;
  fieldSize?: number | undefined;
}

/** Why a request, a response or a body failed. Bodies throw it, and the program receives its code. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly errorCode: HttpErrorCode;

  constructor(code: HttpErrorCode, options?: ErrorOptions) {
    super(code.tag, options);
    this.errorCode = code;
  }
}

/**
 * The code of an error that a body or a connection threw. An error that is not an `HttpError` is an internal error
 * without a text: its message could have paths or addresses of the host.
 */
export function errorCodeOf(error: unknown): HttpErrorCode {
  return error instanceof HttpError ? error.errorCode : { tag: 'internal-error', val: undefined };
}
