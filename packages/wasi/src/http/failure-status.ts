import { HttpError } from './http-error.ts';

/** The statuses for what is the fault of the client or of the load; everything else is 500. */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['HTTP-request-body-size', 413],
  ['HTTP-response-timeout', 504],
  ['connection-limit-reached', 503],
]);

const TEXTS: Readonly<Record<number, string>> = {
  413: 'Content Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The status of the response to a request for which the program gave none. */
export function failureStatus(error: unknown): number {
  return error instanceof HttpError ? (STATUSES.get(error.errorCode.tag) ?? 500) : 500;
}

/** The body of that response. It has nothing of the error: its text is for the host. */
export function failureText(status: number): string {
  return `${TEXTS[status] ?? 'Internal Server Error'}\n`;
}
