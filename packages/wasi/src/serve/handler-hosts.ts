import type { Imports } from '@wit-ts/runtime';
import type { Grants } from '../grants.ts';
import type { HttpClient } from '../http/message.ts';
import { OutgoingRequests } from '../http/outgoing-requests.ts';
import { WasiHttp2 } from '../p2/http/wasi-http.ts';
import { wasi2 } from '../p2/index.ts';
import { WasiIo } from '../p2/io/wasi-io.ts';
import { WasiHttp3 } from '../p3/http/wasi-http.ts';
import { wasi3 } from '../p3/index.ts';
import { makeSystem } from '../system/make-system.ts';
import type { System } from '../system/system.ts';
import { canSuspend } from './can-suspend.ts';
import { noClient, withoutEffects } from './without-effects.ts';

/** The most bytes of a response that are kept where a program cannot wait until they are sent. */
const MOST_KEPT = 67_108_864;

/** The host's side of one instance that handles requests. */
interface HandlerHost<Http> {
  readonly system: System;
  readonly http: Http;
  readonly imports: Imports;
}

/** Makes the imports of an instance with `wasi:http/incoming-handler` of 0.2. */
export function handlerHost2(system: System, client: HttpClient): HandlerHost<WasiHttp2> {
  const io = new WasiIo(system, { suspends: true });
  const requests = new OutgoingRequests(system, client, {
    interface: 'wasi:http/outgoing-handler@0.2.12',
    function: 'handle',
  });
  const { headerBytes } = system.limits;
  const http = new WasiHttp2(io, requests, {
    headerBytes,
    ...(canSuspend() ? {} : { mostWaiting: MOST_KEPT }),
  });
  return { system, http, imports: { ...wasi2(system, { suspends: true, io }), ...http.interfaces() } };
}

/** Makes the imports of an instance of 0.2 that can neither wait nor have effects. */
export function quickHost2(grants: Grants): HandlerHost<WasiHttp2> {
  const system = makeSystem(grants);
  return { ...handlerHost2(withoutEffects(system), noClient), system };
}

/** Makes the imports of an instance with `wasi:http/handler` of 0.3; standard libraries still use interfaces of 0.2. */
export function handlerHost3(system: System, client: HttpClient): HandlerHost<WasiHttp3> {
  const requests = new OutgoingRequests(system, client, {
    interface: 'wasi:http/client@0.3.0',
    function: 'send',
  });
  const http = new WasiHttp3(requests, system.limits.headerBytes);
  return { system, http, imports: { ...wasi2(system), ...wasi3(system), ...http.interfaces() } };
}
