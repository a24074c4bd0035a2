import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessEntry } from './serve.ts';

/** A request whose entry of the access log is made when its response has ended, and its program if fuel is counted. */
export class LoggedRequest {
  readonly #log: (entry: AccessEntry) => void;
  #entry: AccessEntry | undefined;
  #fuel: number | undefined;

  /** @param isMetered whether `spent` is called */
  constructor(
    { method = '', url: path = '', socket }: IncomingMessage,
    response: ServerResponse,
    log: (entry: AccessEntry) => void,
    isMetered: boolean,
  ) {
    this.#log = log;
    const start = performance.now();
    const { remoteAddress = '' } = socket;
    response.on('close', () => {
      const milliseconds = performance.now() - start;
      const status = response.headersSent ? response.statusCode : 0;
      const entry = { method, path, status, milliseconds, remoteAddress };
      if (!isMetered) log(entry);
      else this.#note(entry, this.#fuel);
    });
  }

  readonly spent = (operators: number): void => this.#note(this.#entry, operators);

  #note(entry: AccessEntry | undefined, fuel: number | undefined): void {
    this.#entry = entry;
    this.#fuel = fuel;
    if (entry !== undefined && fuel !== undefined) this.#log({ ...entry, fuel });
  }
}
