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
import { WAITING_IMPORTS } from '../p2/waiting-imports.ts';
import { NotRunnableError } from '../run/program-kind.ts';
import type { System } from '../system/system.ts';
import { canSuspend } from './can-suspend.ts';
import { type Handle2, HandlerInstance2 } from './handler-2.ts';
import { type Handle3, HandlerInstance3 } from './handler-3.ts';
import { handlerHost2, handlerHost3, quickHost2 } from './handler-hosts.ts';
import type { HandlerInstance, HandlerInstances } from './handler-instance.ts';
import { handlerIn, handlerVersion } from './handler-names.ts';
import { NamedImports } from './named-imports.ts';
import { type HandlerOptions, limitsToCompile } from './options.ts';
import type { QuickInstance } from './quick-instances.ts';

/** The bytes of a component, or a component that is compiled already. */
export type HandlerSource = Parameters<typeof instantiate>[0];

/** How many requests an instance of 0.3 takes at a time. */
const CONCURRENT = 16;

/** A component that handles requests, from which instances are made. */
export class HandlerComponent implements HandlerInstances {
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
    this.version = handlerVersion(exported);
    this.#component = component;
    this.#exported = exported;
    this.#grants = grants;
    this.#options = options;
    this.#client = client;
    this.#imports = new NamedImports(component.plan.imports.flatMap(({ path }) => path.slice(0, 1)));
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
    const exported = handlerIn(names);
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
    const { system, http, imports } = quickHost2(this.#grants);
    const fuel = this.#fuel();
    const handle = await this.#handle<Handle2>(imports, system, {}, fuel);
    return { handle, http, fuel, close: () => system.close() };
  }

  async #create2(): Promise<HandlerInstance> {
    const { system, http, imports } = handlerHost2(await openSystem(this.#grants), this.#client);
    const suspend = { imports: WAITING_IMPORTS, exports: [`${this.#exported}#handle`] };
    const fuel = this.#fuel();
    // Without JSPI this gives a trap that says so when the program has to wait.
    const handle = await this.#handle<Handle2>(imports, system, { suspend }, fuel);
    return new HandlerInstance2(handle, http, system, fuel);
  }

  async #create3(): Promise<HandlerInstance> {
    const { system, http, imports } = handlerHost3(await openSystem(this.#grants), this.#client);
    const fuel = this.#fuel();
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

function notHandler(names: readonly string[]): NotRunnableError {
  const found = names.length === 0 ? 'nothing' : names.map((name) => `\`${name}\``).join(', ');
  return new NotRunnableError(
    `the component does not handle requests: it exports ${found}, and neither \`wasi:http/incoming-handler\` of 0.2 nor \`wasi:http/handler\` of 0.3`,
  );
}
