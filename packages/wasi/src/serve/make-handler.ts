import { platform } from '#platform';
import type { Grants } from '../grants.ts';
import type { AnswerRequest, Caller, HttpResponse } from '../http/message.ts';
import { HandlerComponent, type HandlerSource } from './handler-component.ts';
import { InstancePool } from './instance-pool.ts';
import type { HandlerOptions } from './options.ts';
import { BeginAgain, QuickInstances } from './quick-instances.ts';

/** A component that answers requests, with its instances. */
interface Handler {
  readonly handle: AnswerRequest;
  /** The most bytes of the body of a request. */
  readonly bodyBytes: number;
  /** The most bytes of the headers of one message. */
  readonly headerBytes: number;
  /** Resolves when no request is being answered. */
  idle(): Promise<void>;
  close(): void;
}

/** The most bytes of the headers of one message, if the grants do not say. */
const HEADER_BYTES = 131_072;

/** Compiles a component and makes one instance, so that what is wrong with it shows before the first request. */
export async function makeHandler(
  source: HandlerSource,
  grants: Grants,
  options: HandlerOptions,
): Promise<Handler> {
  const { limits = {}, onError = warn } = options;
  const headerBytes = grants.limits?.headerBytes ?? HEADER_BYTES;
  const client = platform.httpClient(headerBytes);
  const component = await HandlerComponent.load(source, grants, { ...options, onError }, client);
  const { instances = component.version === 3 ? 'pool' : 'request' } = options;
  const { requestsPerInstance = component.version === 3 ? 128 : Infinity } = limits;
  const pool = new InstancePool(
    () => component.create(),
    {
      concurrent: limits.concurrent ?? 256,
      queued: limits.queued ?? 1024,
      requestsPerInstance: instances === 'request' ? 1 : requestsPerInstance,
      milliseconds: limits.milliseconds ?? 60_000,
    },
    onError,
  );
  await pool.prepare();
  const given = (answer: HttpResponse | BeginAgain, caller: Caller): ReturnType<AnswerRequest> =>
    answer instanceof BeginAgain ? pool.handle(answer.request, caller) : answer;
  const quick = component.hasQuickInstances
    ? new QuickInstances(() => component.createQuick(), instances === 'pool', onError)
    : undefined;
  return {
    handle(request, caller) {
      if (quick?.isUseful !== true) return pool.handle(request, caller);
      const answer = quick.answer(request, caller);
      return answer instanceof Promise ? answer.then((later) => given(later, caller)) : given(answer, caller);
    },
    headerBytes,
    bodyBytes: limits.bodyBytes ?? 2 ** 30,
    idle: () => pool.idle(),
    close() {
      pool.close();
      quick?.close();
    },
  };
}

function warn(error: unknown): void {
  console.warn(error);
}
