import { platform } from '#platform';
import { OutgoingRequests } from '../http/outgoing-requests.ts';
import { WasiHttp2 } from '../p2/http/wasi-http.ts';
import type { WasiIo } from '../p2/io/wasi-io.ts';
import { WasiHttp3 } from '../p3/http/wasi-http.ts';
import type { System } from '../system/system.ts';

/** `wasi:http` 0.2 for an instance that sends requests and answers none. */
export function clientInterfaces2(system: System, io: WasiIo): ReturnType<WasiHttp2['interfaces']> {
  const call = { interface: 'wasi:http/outgoing-handler@0.2.12', function: 'handle' };
  const { headerBytes } = system.limits;
  return new WasiHttp2(io, requestsOf(system, call), { headerBytes }).interfaces();
}

/** `wasi:http` 0.3 for an instance that sends requests and answers none. */
export function clientInterfaces3(system: System): ReturnType<WasiHttp3['interfaces']> {
  const call = { interface: 'wasi:http/client@0.3.0', function: 'send' };
  return new WasiHttp3(requestsOf(system, call), system.limits.headerBytes).interfaces();
}

function requestsOf(
  system: System,
  call: { readonly interface: string; readonly function: string },
): OutgoingRequests {
  return new OutgoingRequests(system, platform.httpClient(system.limits.headerBytes), call);
}
