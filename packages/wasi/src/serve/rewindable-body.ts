import type { FieldList } from '../http/field-list.ts';
import type { HttpRequest, MessageBody } from '../http/message.ts';
import type { ByteSource } from '../system/byte-streams.ts';

/** The body of a request that a program may read, and that another one may then read again from its beginning. */
export class RewindableBody implements MessageBody {
  readonly source: ByteSource;
  readonly #body: MessageBody;
  readonly #taken: Uint8Array<ArrayBuffer>[] = [];
  #isClosed = false;

  constructor(body: MessageBody) {
    this.#body = body;
    const { source } = body;
    this.source = {
      isTerminal: false,
      read: (most) => {
        const chunk = this.#isClosed ? undefined : source.read(most);
        if (chunk !== undefined && chunk.length > 0) this.#taken.push(chunk);
        return chunk;
      },
      ready: () => source.ready(),
      close: () => void (this.#isClosed = true),
    };
  }

  trailers(): ReturnType<MessageBody['trailers']> {
    return this.#body.trailers();
  }

  /** The program that has read the body is the one that answers. */
  commit(): void {
    if (this.#isClosed) this.#body.source.close();
  }

  /** Returns the body from its beginning. */
  rewound(): MessageBody {
    // What the first program waits for still goes on, and must not take bytes from the second.
    this.#isClosed = true;
    const again = [...this.#taken];
    const { source } = this.#body;
    return {
      source: {
        isTerminal: false,
        read(most) {
          const first = again.shift();
          if (first === undefined) return source.read(most);
          if (first.length > most) again.unshift(first.subarray(most));
          return first.subarray(0, most);
        },
        ready: () => (again.length > 0 ? Promise.resolve() : source.ready()),
        close: () => source.close(),
      },
      trailers: () => this.#body.trailers(),
    };
  }
}

/** A request with another body. The other parts are read when somebody asks for them. */
export class RequestWithBody implements HttpRequest {
  readonly body: MessageBody;
  readonly #request: HttpRequest;

  constructor(request: HttpRequest, body: MessageBody) {
    this.#request = request;
    this.body = body;
  }

  get method(): string {
    return this.#request.method;
  }

  get scheme(): string | undefined {
    return this.#request.scheme;
  }

  get authority(): string | undefined {
    return this.#request.authority;
  }

  get pathWithQuery(): string | undefined {
    return this.#request.pathWithQuery;
  }

  get headers(): FieldList {
    return this.#request.headers;
  }
}
