import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of a connection that wait for their turn. More than a client sends that reads the responses. */
const MOST_WAITING = 4096;

/**
 * Lets the requests of one connection begin one after the other. Their responses are sent in the order of the requests
 * (RFC 9112, section 9.3.2), so a client that sends requests without reading responses would otherwise take the places
 * of all others.
 */
export class RequestTurns {
  /** For each connection with a request: what begins those after it. */
  readonly #waiting = new WeakMap<Socket, (() => void)[]>();

  /** Begins a request in its turn, or never, if the connection ends before. */
  take({ socket }: IncomingMessage, response: ServerResponse, begin: () => void): void {
    response.on('close', () => this.#next(socket));
    const waiting = this.#waiting.get(socket);
    if (waiting === undefined) {
      this.#waiting.set(socket, []);
      begin();
    } else if (waiting.push(begin) > MOST_WAITING) {
      socket.destroy();
    } else {
      // What was read already is still handed over.
      socket.pause();
    }
  }

  #next(socket: Socket): void {
    const waiting = this.#waiting.get(socket);
    const begin = socket.destroyed ? undefined : waiting?.shift();
    if (begin === undefined) {
      this.#waiting.delete(socket);
      return;
    }
    if (waiting?.length === 0) socket.resume();
    // Other connections have their turn in between: a request that is answered at once would begin the next at once.
    setImmediate(() => {
      if (socket.destroyed) this.#waiting.delete(socket);
      else begin();
    });
  }
}
