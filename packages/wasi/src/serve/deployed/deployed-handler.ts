import { platform } from '#platform';
import type { Fuel, Imports } from '@wit-ts/runtime';
import type { Grants } from '../../grants.ts';
import type { HttpClient } from '../../http/message.ts';
import { answerFetch } from '../../http/web/answer-fetch.ts';
import { refusalText } from '../../refusal.ts';
import type { HandlerInstances } from '../handler-instance.ts';
import { type Handler, handlerOf, HEADER_BYTES } from '../handler-of.ts';
import { NamedImports } from '../named-imports.ts';
import { readDeployedGrants, type ReadGrants } from './deployed-grants.ts';
import { LogSink, printableText } from './log-sink.ts';

/** A component that was compiled when it was deployed, as its static module has it. */
export interface DeployedProgram {
  /** The full name of the interface that handles requests. */
  readonly exported: string;
  /** The names of what the component imports. */
  readonly imports: readonly string[];
  /** Makes an instance that can wait. */
  readonly instantiate: MakeInstance;
  /** Makes the fuel of an instance, which each of its requests has anew; absent if requests are not limited. */
  readonly fuel?: () => Fuel;
}

type MakeInstance = (
  imports: Imports,
  options: InstanceSettings & { readonly onError: (error: unknown) => void },
) => Readonly<Record<string, unknown>>;

interface InstanceSettings {
  readonly deadlock?: 'wait';
  readonly limits?: { readonly fuel: Fuel };
}

/** The default export of a worker. */
interface FetchWorker {
  /** @param bindings the bindings of the worker */
  fetch(request: Request, bindings?: object): Promise<Response>;
}

/** What instances of a deployed component are made with. */
export interface Deployment {
  readonly client: HttpClient;
  /** Returns the grants of one more instance. */
  grants(): Grants;
  /** Returns `handle` of a new instance, with its fuel if requests are limited. */
  instance<Handle>(
    make: MakeInstance,
    imports: Imports,
    options?: Pick<InstanceSettings, 'deadlock'>,
  ): { readonly handle: Handle; readonly fuel: Fuel | undefined };
}

/**
 * Returns a worker that answers requests with a component.
 *
 * A platform such as workerd gives each request what it may wait for, and forgets the rest when the client leaves. So
 * nothing that waits is shared by requests: each has its instance, and no count of requests or queue would survive.
 *
 * @param grants what the component may use: `DeployedGrants`
 * @param files the bytes of all files
 * @throws TypeError when the grants have another form
 */
export function fetchWorker(
  program: DeployedProgram,
  grants: unknown,
  files: ArrayBuffer | undefined,
  instancesOf: (deployment: Deployment) => HandlerInstances,
): FetchWorker {
  const read = readDeployedGrants(grants, files && new Uint8Array(files));
  const start = (bindings: object): Handler => {
    const { limits, instances = 'request' } = read.options;
    const options = { limits: { ...limits, concurrent: Infinity }, instances, onError: logError };
    return handlerOf(instancesOf(deploymentOf(program, read, bindings)), {}, options);
  };
  let handler: Handler | undefined;
  return {
    fetch(request, bindings = {}) {
      handler ??= start(bindings);
      return answerFetch(handler.handle, request, handler.bodyBytes);
    },
  };
}

function deploymentOf(program: DeployedProgram, read: ReadGrants, bindings: object): Deployment {
  const { exported } = program;
  const named = new NamedImports(program.imports);
  const granted: Grants = { ...read.grants(bindings), onRefused: refusals() };
  return {
    client: platform.httpClient(HEADER_BYTES),
    grants: () => ({
      ...granted,
      ...(read.stdout && { stdout: new LogSink((line) => console.log(line)) }),
      ...(read.stderr && { stderr: new LogSink((line) => console.error(line)) }),
    }),
    instance<Handle>(make: MakeInstance, imports: Imports, options = {}) {
      const fuel = program.fuel?.();
      const exports = make(named.of(imports), {
        ...options,
        ...(fuel && { limits: { fuel } }),
        onError: logError,
      });
      return { handle: (exports[exported] as { readonly handle: Handle }).handle, fuel };
    },
  };
}

/** The most refusals that are reported, each once. */
const MOST_REFUSALS = 256;

function refusals(): NonNullable<Grants['onRefused']> {
  const known = new Set<string>();
  return (refusal) => {
    const text = printableText(refusalText(refusal));
    if (known.has(text) || known.size >= MOST_REFUSALS) return;
    known.add(text);
    console.warn(`refused: ${text}`);
  };
}

function logError(error: unknown): void {
  console.error(`a request failed: ${printableText(String(error))}`);
}
