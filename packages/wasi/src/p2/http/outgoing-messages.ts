import { BodyPipe, type AnnouncedLength } from '../../http/body-pipe.ts';
import { contentLength } from '../../http/content-length.ts';
import { EmptyBody } from '../../http/empty-body.ts';
import type { FieldList } from '../../http/field-list.ts';
import { Fields } from '../../http/fields.ts';
import type { HttpRequest, HttpResponse } from '../../http/message.ts';
import { checkedStatus, RequestHead } from '../../http/request-head.ts';
import type { Method, Scheme } from '../../http/request-target.ts';
import { unitError } from '../../http/unit-error.ts';
import { Children } from '../io/children.ts';
import type { HttpContext } from './context.ts';
import { OutgoingBody } from './outgoing-body.ts';

/** What outgoing requests and responses have in common. */
abstract class OutgoingMessage {
  readonly #context: HttpContext;
  readonly #headers: FieldList;
  readonly #name: string;
  readonly #code: AnnouncedLength['code'];
  readonly #children: Children;
  #pipe: BodyPipe | undefined;

  constructor(context: HttpContext, headers: object, name: string, code: AnnouncedLength['code']) {
    this.#context = context;
    this.#headers = fieldsOf(headers).taken();
    this.#name = name;
    this.#code = code;
    this.#children = new Children(name);
  }

  headers(): Fields {
    return this.#context.childFields(this.#headers, this.#children);
  }

  body(): OutgoingBody {
    if (this.#pipe !== undefined) throw unitError(`\`${this.#name}.body\` succeeds only once`);
    this.#pipe = this.#newPipe();
    return new OutgoingBody(this.#context, this.#pipe);
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
  }

  /** What is sent. A message whose body was never asked for has an empty one. */
  protected message(): Pick<HttpResponse, 'headers' | 'body'> {
    this.#children.assertNone();
    // Without a body the length may be that of another message, as in the response to a HEAD request.
    return { headers: this.#headers, body: this.#pipe?.body ?? new EmptyBody() };
  }

  #newPipe(): BodyPipe {
    const bytes = contentLength(this.#headers);
    const announced = typeof bytes === 'number' ? { bytes, code: this.#code } : undefined;
    const pipe = new BodyPipe(announced, this.#context.mostWaiting);
    this.#context.bodies.add(pipe);
    return pipe;
  }
}

/** `outgoing-request` of `wasi:http/types`. */
export class OutgoingRequest extends OutgoingMessage {
  readonly #head = new RequestHead();

  constructor(context: HttpContext, headers: object) {
    super(context, headers, 'outgoing-request', 'HTTP-request-body-size');
  }

  method(): Method {
    return this.#head.method;
  }

  setMethod(method: Method): void {
    this.#head.method = method;
  }

  pathWithQuery(): string | undefined {
    return this.#head.pathWithQuery;
  }

  setPathWithQuery(pathWithQuery: string | undefined): void {
    this.#head.pathWithQuery = pathWithQuery;
  }

  scheme(): Scheme | undefined {
    return this.#head.scheme;
  }

  setScheme(scheme: Scheme | undefined): void {
    this.#head.scheme = scheme;
  }

  authority(): string | undefined {
    return this.#head.authority;
  }

  setAuthority(authority: string | undefined): void {
    this.#head.authority = authority;
  }

  /** The request as it is sent. */
  request(): HttpRequest {
    return { ...this.#head.parts(), ...this.message() };
  }
}

/** `outgoing-response` of `wasi:http/types`. */
export class OutgoingResponse extends OutgoingMessage {
  #status = 200;

  constructor(context: HttpContext, headers: object) {
    super(context, headers, 'outgoing-response', 'HTTP-response-body-size');
  }

  statusCode(): number {
    return this.#status;
  }

  setStatusCode(status: number): void {
    this.#status = checkedStatus(status);
  }

  /** The response as it is sent. */
  response(): HttpResponse {
    const { headers, body } = this.message();
    return { status: this.#status, headers, body };
  }
}

/**
 * Returns fields that the program passes. Declared types of the program's side know only their methods, and the runtime
 * passes only what this package made.
 */
function fieldsOf(passed: object): Fields {
  if (passed instanceof Fields) return passed;
  throw new TypeError('not the fields of this package');
}
