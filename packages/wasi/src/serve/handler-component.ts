import {
  compile,
  Component,
  Fuel,
  type Imports,
  instantiate,
  type InstantiateOptions,
} from '@wit-ts/runtime';
import { openSystem } from '../calls/open-system.ts';
import type { Grants } from '../grants.ts';
import type { HttpClient } from '../http/message.ts';
import { OutgoingRequests } from '../http/outgoing-requests.ts';
import { WasiIo } from '../p2/io/wasi-io.ts';
import { WAITING_IMPORTS } from '../p2/waiting-imports.ts';
import { WasiHttp2 } from '../p2/http/wasi-http.ts';
import { WasiHttp3 } from '../p3/http/wasi-http.ts';
import { NotRunnableError } from '../run/program-kind.ts';
import { makeSystem } from '../system/make-system.ts';
import type { System } from '../system/system.ts';
import type { HandlerInstance } from './handler-instance.ts';
import { type Handle2, HandlerInstance2 } from './handler-2.ts';
import { type Handle3, HandlerInstance3 } from './handler-3.ts';
import { hostInterfaces2, hostInterfaces3 } from './host-interfaces.ts';
import { NamedImports } from './named-imports.ts';
import { type HandlerOptions, limitsToCompile } from './options.ts';
import type { QuickInstance } from './quick-instances.ts';
import { noClient, withoutEffects } from './without-effects.ts';
import { canSuspend } from './can-suspend.ts';

/** The bytes of a component, or a component that is compiled already. */
export type HandlerSource = Parameters<typeof instantiate>[0];

/** How many requests an instance of 0.3 takes at a time. */
const CONCURRENT = 16;

/** The most bytes of a response that are kept where a program cannot wait until they are sent. */
const MOST_KEPT = 67_108_864;

/** A component that handles requests, from which instances are made. */
export class HandlerComponent {
  readonly version: 2 | 3;
  readonly #component: Component;
  readonly #exported: string;
  readonly #grants: Grants;
  readonly #options: HandlerOptions;
  readonly #client: HttpClient;
  readonly #imports: NamedImports;

  private constructor(
    component: Component,
    exported: string,
    grants: Grants,
    options: HandlerOptions,
    client: HttpClient,
  ) {
    this.version = exported.startsWith(HANDLER_3) ? 3 : 2;
    this.#component = component;
    this.#exported = exported;
    this.#grants = grants;
    this.#options = options;
    this.#client = client;
    this.#imports = new NamedImports(component);
  }

  /**
   * Compiles a component.
   *
   * @throws TypeError when it exports no handler
   */
  static async load(
    source: HandlerSource,
    grants: Grants,
    options: HandlerOptions,
    client: HttpClient,
  ): Promise<HandlerComponent> {
    const limits = limitsToCompile(options.limits ?? {});
    const given = await source;
    const component =
      given instanceof Component ? given : await compile(given, limits === undefined ? {} : { limits });
    const names = [...component.plan.exports.keys()];
    const exported = names.find((name) => name.startsWith(HANDLER_3) || name.startsWith(HANDLER_2));
    if (exported === undefined) throw notHandler(names);
    return new HandlerComponent(component, exported, grants, options, client);
  }

  create(): Promise<HandlerInstance> {
    return this.version === 3 ? this.#create3() : this.#create2();
  }

  /**
   * Whether instances without effects can be told apart: sockets have no such form. Calls that are begun again would be
   * reported twice.
   */
  get hasQuickInstances(): boolean {
    const { net = [], listen = [], onCall } = this.#grants;
    return this.version === 2 && canSuspend() && net.length + listen.length === 0 && onCall === undefined;
  }

  /** Makes an instance that can neither wait nor have effects. */
  async createQuick(): Promise<QuickInstance> {
    const system = makeSystem(this.#grants);
    const http = this.#http2(withoutEffects(system), noClient);
    const fuel = this.#fuel();
    return {
      handle: await this.#handle<Handle2>(http.imports, system, {}, fuel),
      http: http.http,
      fuel,
      close: () => system.close(),
    };
  }

  async #create2(): Promise<HandlerInstance> {
    const system = await openSystem(this.#grants);
    const { http, imports } = this.#http2(system, this.#client);
    const suspend = { imports: WAITING_IMPORTS, exports: [`${this.#exported}#handle`] };
    const fuel = this.#fuel();
    // Without JSPI this gives a trap that says so when the program has to wait.
    const handle = await this.#handle<Handle2>(imports, system, { suspend }, fuel);
    return new HandlerInstance2(handle, http, system, fuel);
  }

  #http2(system: System, client: HttpClient): { http: WasiHttp2; imports: Imports } {
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
    return { http, imports: { ...hostInterfaces2(system, io), ...http.interfaces() } };
  }

  async #create3(): Promise<HandlerInstance> {
    const system = await openSystem(this.#grants);
    const requests = new OutgoingRequests(system, this.#client, {
      interface: 'wasi:http/client@0.3.0',
      function: 'send',
    });
    const http = new WasiHttp3(requests, system.limits.headerBytes);
    const fuel = this.#fuel();
    const imports = { ...hostInterfaces3(system), ...http.interfaces() };
    const handle = await this.#handle<Handle3>(imports, system, { deadlock: 'wait' }, fuel);
    // What requests use at the same time cannot be told apart.
    const { concurrentPerInstance = fuel === undefined ? CONCURRENT : 1 } = this.#options.limits ?? {};
    return new HandlerInstance3(handle, http, system, concurrentPerInstance, fuel);
  }

  /** Returns the fuel of a new instance, if requests are limited. */
  #fuel(): Fuel | undefined {
    const amount = this.#options.limits?.fuel;
    return amount === undefined ? undefined : new Fuel(amount);
  }

  async #handle<Handle>(
    imports: Imports,
    { calls }: System,
    options: InstantiateOptions,
    fuel: Fuel | undefined,
  ): Promise<Handle> {
    const { onError = () => {}, limits } = this.#options;
    const own = fuel === undefined ? limits?.instance : { ...limits?.instance, fuel };
    const component = this.#component;
    const trace = calls && (await import('../calls/component-calls.ts')).recordingTrace(component, calls);
    const named = this.#imports.of(imports);
    const exports = await instantiate<Record<string, { handle: Handle }>>(component, named, {
      ...options,
      ...(trace && { trace }),
      onError,
      ...(own === undefined ? {} : { limits: own }),
    });
    const handler = exports[this.#exported];
    if (handler === undefined) throw new TypeError(`the instance does not export \`${this.#exported}\``);
    return handler.handle;
  }
}

const HANDLER_2 = 'wasi:http/incoming-handler@0.2.';
const HANDLER_3 = 'wasi:http/handler@0.3.';

function notHandler(names: readonly string[]): NotRunnableError {
  const found = names.length === 0 ? 'nothing' : names.map((name) => `\`${name}\``).join(', ');
  return new NotRunnableError(
    `the component does not handle requests: it exports ${found}, and neither \`wasi:http/incoming-handler\` of 0.2 nor \`wasi:http/handler\` of 0.3`,
  );
}
