import type { Fields } from '../../http/fields.ts';
import type { HttpRequest, HttpResponse } from '../../http/message.ts';
import { type Method, methodOf, type Scheme, schemeOf } from '../../http/request-target.ts';
import { Children } from '../io/children.ts';
import { type HttpContext, Once } from './context.ts';
import { IncomingBody } from './incoming-body.ts';

/** What incoming requests and responses have in common. */
abstract class IncomingMessage {
  readonly #context: HttpContext;
  readonly #message: HttpRequest | HttpResponse;
  readonly #children: Children;
  readonly #consumption: Once;

  constructor(context: HttpContext, message: HttpRequest | HttpResponse, name: string) {
    this.#context = context;
    this.#message = message;
    this.#children = new Children(name);
    this.#consumption = new Once(`${name}.consume`);
  }

  headers(): Fields {
    return this.#context.childFields(this.#message.headers, this.#children);
  }

  consume(): IncomingBody {
    this.#consumption.do();
    return new IncomingBody(this.#context, this.#message.body);
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
    if (!this.#consumption.isDone) this.#message.body.source.close();
  }
}

/** `incoming-request` of `wasi:http/types`. */
export class IncomingRequest extends IncomingMessage {
  readonly #request: HttpRequest;

  constructor(context: HttpContext, request: HttpRequest) {
    super(context, request, 'incoming-request');
    this.#request = request;
  }

  method(): Method {
    return methodOf(this.#request.method);
  }

  pathWithQuery(): string | undefined {
    return this.#request.pathWithQuery;
  }

  scheme(): Scheme | undefined {
    const { scheme } = this.#request;
    return scheme === undefined ? undefined : schemeOf(scheme);
  }

  authority(): string | undefined {
    return this.#request.authority;
  }
}

/** `incoming-response` of `wasi:http/types`. */
export class IncomingResponse extends IncomingMessage {
  readonly #status: number;

  constructor(context: HttpContext, response: HttpResponse) {
    super(context, response, 'incoming-response');
    this.#status = response.status;
  }

  status(): number {
    return this.#status;
  }
}
