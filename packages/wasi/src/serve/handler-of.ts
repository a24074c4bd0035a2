import type { Grants } from '../grants.ts';
import type { AnswerRequest, Caller, HttpResponse } from '../http/message.ts';
import type { HandlerInstances } from './handler-instance.ts';
import { InstancePool } from './instance-pool.ts';
import type { HandlerOptions } from './options.ts';
import { BeginAgain, QuickInstances } from './quick-instances.ts';

/** A component that answers requests, with its instances. */
export interface Handler {
  readonly handle: AnswerRequest;
  /** The most bytes of the body of a request. */
  readonly bodyBytes: number;
  /** The most bytes of the headers of one message. */
  readonly headerBytes: number;
  /** Makes an instance for the first request. Rejects when none can be made. */
  prepare(): Promise<void>;
  /** Resolves when no request is being answered. */
  idle(): Promise<void>;
  close(): void;
}

/** The most bytes of the headers of one message, if the grants do not say. */
export const HEADER_BYTES = 131_072;

/** Gives requests to the instances of a component. */
export function handlerOf(
  component: HandlerInstances,
  grants: Pick<Grants, 'limits'>,
  options: HandlerOptions & Required<Pick<HandlerOptions, 'onError'>>,
): Handler {
  const { limits = {}, onError } = options;
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
    headerBytes: grants.limits?.headerBytes ?? HEADER_BYTES,
    bodyBytes: limits.bodyBytes ?? 2 ** 30,
    prepare: () => pool.prepare(),
    idle: () => pool.idle(),
    close() {
      pool.close();
      quick?.close();
    },
  };
}
